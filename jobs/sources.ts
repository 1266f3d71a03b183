import { type PrometheusCollector, prometheusCollector } from "#collectors/prometheus/collector.ts";
import type { Probe } from "#collectors/prometheus/probe.ts";
import type { Config } from "#config/config.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** One upstream and what collects from it. */
export interface Source {
  readonly name: string;
  readonly settings: PrometheusSource;
  readonly collector: PrometheusCollector;
  /** What the server is; asked anew every ten minutes, for servers are upgraded. */
  probe(now: number, signal: AbortSignal): Promise<Probe>;
}

const PROBE_EVERY_MS = 10 * MINUTE;

/** The sources of the configuration, by name. */
export function sourcesOf(config: Config): Map<string, Source> {
  return new Map(config.prometheus.map((settings) => [settings.name, sourceFrom(settings)]));
}

/** What collects from one server. */
export function sourceFrom(settings: PrometheusSource): Source {
  const collector = prometheusCollector(settings);
  let known: { readonly at: number; readonly probe: Probe } | null = null;
  return {
    name: settings.name,
    settings,
    collector,
    async probe(now, signal) {
      if (known === null || now - known.at >= PROBE_EVERY_MS) {
        known = { at: now, probe: await collector.probe(signal) };
      }
      return known.probe;
    },
  };
}

/** Host and path of a source, for people: never its credentials. */
export function addressOf(settings: PrometheusSource): string {
  const url = new URL(settings.url);
  return `${url.host}${url.pathname === "/" ? "" : url.pathname}`;
}

/** Where SLOs without a `datasource` are counted: the first source; "default" while there is none. */
export function defaultSource(config: Config): string {
  return config.prometheus[0]?.name ?? "default";
}

/** The source that counts an SLO. It may name one that the configuration does not have. */
export function sourceOf(definition: SloDefinition, fallback: string): string {
  return definition.datasource ?? fallback;
}

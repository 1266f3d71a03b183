import { type PrometheusCollector, prometheusCollector } from "#collectors/prometheus/collector.ts";
import type { Config, PrometheusConfig } from "#config/config.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** One upstream and what collects from it. */
export interface Source {
  readonly name: string;
  readonly settings: PrometheusConfig;
  readonly collector: PrometheusCollector;
}

/** The sources of the configuration, by name. */
export function sourcesOf(config: Config): Map<string, Source> {
  return new Map(
    config.prometheus.map((settings) => [
      settings.name,
      { name: settings.name, settings, collector: prometheusCollector(settings) },
    ]),
  );
}

/** Where SLOs without a `datasource` are counted: the first source; "default" while there is none. */
export function defaultSource(config: Config): string {
  return config.prometheus[0]?.name ?? "default";
}

/** The source that counts an SLO. It may name one that the configuration does not have. */
export function sourceOf(definition: SloDefinition, fallback: string): string {
  return definition.datasource ?? fallback;
}

import { PrometheusExporter, PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { NodeSDK } from "@opentelemetry/sdk-node";

const KEY = Symbol.for("plimsoll.telemetry");
const holder = globalThis as { [KEY]?: PrometheusExporter };

/**
 * Traces and metrics by OpenTelemetry. Traces leave only when `OTEL_EXPORTER_OTLP_ENDPOINT` is set;
 * metrics are always there to be scraped at `/metrics`.
 */
export function startTelemetry(): void {
  if (holder[KEY]) return;
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) process.env.OTEL_TRACES_EXPORTER ??= "none";
  process.env.OTEL_LOGS_EXPORTER ??= "none";
  const reader = new PrometheusExporter({ preventServerStart: true });
  new NodeSDK({ serviceName: "plimsoll", metricReaders: [reader] }).start();
  holder[KEY] = reader;
}

/** Our own metrics in the text format that Prometheus scrapes. */
export async function exposition(): Promise<string> {
  const reader = holder[KEY];
  if (!reader) return "# telemetry has not started\n";
  const { resourceMetrics, errors } = await reader.collect();
  if (errors.length > 0) throw new AggregateError(errors, "some metrics could not be collected");
  return new PrometheusSerializer("", false, undefined, true, true).serialize(resourceMetrics);
}

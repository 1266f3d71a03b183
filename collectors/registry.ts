import { prometheusCollector } from "#collectors/prometheus/collector.ts";

/** Every kind of upstream, by the name of its folder. */
export const collectors = {
  prometheus: prometheusCollector,
} as const;

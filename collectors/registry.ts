import { githubCollector } from "#collectors/github/collector.ts";
import { pagerdutyCollector } from "#collectors/pagerduty/collector.ts";
import { prometheusCollector } from "#collectors/prometheus/collector.ts";

/** What counts events, by the name of its folder. */
export const collectors = {
  prometheus: prometheusCollector,
} as const;

/** What tells of deployments and incidents, by the name of its folder. */
export const deliveryCollectors = {
  github: githubCollector,
  pagerduty: pagerdutyCollector,
} as const;

import { createHash } from "node:crypto";
import type { ServiceGroup } from "#lib/rules/export.ts";
import { groupLines } from "#lib/rules/prometheus.ts";
import { yamlString } from "#lib/rules/text.ts";

/** Where the operator is to find the resources. */
export interface OperatorOptions {
  /** Null = whatever namespace they are applied in. */
  readonly namespace: string | null;
  /** What the operator's `ruleSelector` asks for. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Groups as resources of the Prometheus operator, one for each service, as a resource may not be
 * larger than about 1 MB.
 * @example operatorText([], { namespace: null, labels: {} }) // ""
 */
export function operatorText(groups: readonly ServiceGroup[], options: OperatorOptions): string {
  const services = Map.groupBy(groups, ({ service }) => service);
  return [...services].map(([service, own]) => resource(service, own, options)).join("---\n");
}

function resource(
  service: string,
  groups: readonly ServiceGroup[],
  { namespace, labels }: OperatorOptions,
): string {
  const all = Object.entries({ "app.kubernetes.io/managed-by": "plimsoll", ...labels });
  return [
    "apiVersion: monitoring.coreos.com/v1",
    "kind: PrometheusRule",
    "metadata:",
    `  name: ${yamlString(resourceName(service))}`,
    ...(namespace === null ? [] : [`  namespace: ${yamlString(namespace)}`]),
    "  labels:",
    ...all.map(([name, value]) => `    ${yamlString(name)}: ${yamlString(value)}`),
    "spec:",
    ...groupLines(groups).map((line) => `  ${line}`),
    "",
  ].join("\n");
}

/**
 * A name that Kubernetes takes; where a service's name had to be changed, a digest keeps it unique.
 * @example resourceName("checkout") // "plimsoll-checkout"
 */
export function resourceName(service: string): string {
  const plain = service.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  if (plain === service) return `plimsoll-${service}`;
  const digest = createHash("sha256").update(service).digest("hex").slice(0, 6);
  return `plimsoll-${plain}-${digest}`;
}

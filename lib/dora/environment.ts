import type { DeploymentRecord } from "#lib/dora/facts.ts";

/** Names of environments that are production: what a service says, else the default. */
export interface ProductionRule {
  readonly pattern: RegExp;
  readonly byService?: ReadonlyMap<string, RegExp>;
}

const DEFAULT_PATTERN = "^prod(uction)?\\b";

export const DEFAULT_PRODUCTION: ProductionRule = { pattern: new RegExp(DEFAULT_PATTERN, "i") };

/**
 * A pattern for names of production environments, upper and lower case alike; null when it is not a
 * regular expression.
 * @example parseProductionPattern("^live$")?.test("Live") // true
 */
export function parseProductionPattern(text: string): RegExp | null {
  try {
    return new RegExp(text, "i");
  } catch {
    return null;
  }
}

/**
 * Whether a record was deployed to production; the pattern of its service goes before the default.
 * @example isProduction({ service: "shop", environment: "Production – eu" }, DEFAULT_PRODUCTION) // true
 */
export function isProduction(
  { service, environment }: Pick<DeploymentRecord, "service" | "environment">,
  { pattern, byService }: ProductionRule,
): boolean {
  return environment.search(byService?.get(service) ?? pattern) >= 0;
}

/** One environment's name as it was met, so that a wrong pattern is seen and not guessed. */
export interface EnvironmentSeen {
  readonly service: string;
  readonly environment: string;
  readonly production: boolean;
  readonly n: number;
}

/**
 * Which environments were met, how often, and which of them are taken for production; ascending by
 * service and name. Empty without records.
 * @example environmentsSeen(records, DEFAULT_PRODUCTION)[0] // { environment: "staging", production: false, … }
 */
export function environmentsSeen(
  records: readonly DeploymentRecord[],
  rule: ProductionRule,
): EnvironmentSeen[] {
  const groups = Map.groupBy(records, ({ service, environment }) => `${service}\n${environment}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...more]]) =>
      first
        ? {
            service: first.service,
            environment: first.environment,
            production: isProduction(first, rule),
            n: 1 + more.length,
          }
        : [],
    );
}

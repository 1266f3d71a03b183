import type { SloDefinition } from "#lib/spec/model.ts";

/** The formats that SLOs are written in. */
export const TARGETS = ["plain", "sloth", "openslo", "pyrra"] as const;
export type Target = (typeof TARGETS)[number];

/** Part of an SLO that a format cannot say. Reading what was written gives another value for `field`. */
export interface Loss {
  readonly field: keyof SloDefinition;
  /** One sentence. */
  readonly message: string;
}

/** SLOs written in a format: the documents of one file, and for each SLO what is lost. */
export interface Written {
  /** Plain values, one for each YAML document. */
  readonly documents: readonly object[];
  readonly losses: readonly SloLosses[];
}

export interface SloLosses {
  readonly slo: string;
  /** False: the format cannot say what is measured at all, so the SLO is left out. */
  readonly written: boolean;
  readonly losses: readonly Loss[];
}

/**
 * The name of an SLO as messages say it.
 * @example nameOf(definition) // "api/availability"
 */
export function nameOf({ service, name }: Pick<SloDefinition, "service" | "name">): string {
  return `${service}/${name}`;
}

import { stringify } from "yaml";
import type { SloLosses, Target, Written } from "#lib/convert/loss.ts";
import { writeOpenSlo } from "#lib/convert/openslo.ts";
import { writePlain } from "#lib/convert/plain.ts";
import { writePyrra } from "#lib/convert/pyrra.ts";
import { writeSloth } from "#lib/convert/sloth.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

export interface Converted {
  /** YAML; "" when no SLO can be written. */
  readonly text: string;
  /** One for each SLO, in the order given. */
  readonly losses: readonly SloLosses[];
}

/**
 * Writes SLOs in a format, with what that format cannot say. What it can say is read back the same.
 * @example convert([definition], "sloth").text // "version: prometheus/v1\nservice: api\n…"
 */
export function convert(definitions: readonly SloDefinition[], target: Target): Converted {
  const { documents, losses } = WRITERS[target](definitions);
  const options = { lineWidth: 0, aliasDuplicateObjects: false };
  const text = documents.map((document) => stringify(document, options)).join("---\n");
  return { text, losses };
}

const WRITERS: Readonly<Record<Target, (definitions: readonly SloDefinition[]) => Written>> = {
  plain: writePlain,
  sloth: writeSloth,
  openslo: writeOpenSlo,
  pyrra: writePyrra,
};

import type { OpenedFile } from "#lib/spec/open.ts";
import { OpenSloObjects } from "#lib/spec/openslo/objects.ts";
import { type Referred, readReferred } from "#lib/spec/openslo/referred.ts";
import { SlothPeriods } from "#lib/spec/sloth/periods.ts";

/** What documents may refer to, from all files that count together. */
export interface References {
  readonly openSlo: Referred;
  readonly slothPeriods: SlothPeriods;
}

/**
 * Gathers and reads what documents refer to: OpenSLO's objects and Sloth's alert windows. Mistakes in
 * them are told in their own files.
 * @example gatherReferences(files).openSlo.objects.named("SLI", "errors").length // 1
 */
export function gatherReferences(files: readonly OpenedFile[]): References {
  const objects = new OpenSloObjects();
  const slothPeriods = new SlothPeriods();
  for (const { roots, findings } of files) {
    for (const { node, dialect } of roots) {
      if (dialect === "openslo") objects.add(node, findings);
      if (dialect === "sloth-windows") slothPeriods.add(node, findings);
    }
  }
  slothPeriods.tellTwice();
  objects.tellTwice();
  return { openSlo: readReferred(objects), slothPeriods };
}

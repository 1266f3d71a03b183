import { readList } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import type { LocatedSlo, SloDefinition } from "#lib/spec/model.ts";

/**
 * Reads each SLO of a list by itself: one that adds an error is left out, the others are kept.
 * @example readEach(list of two, findings, read).length // 1 when one of them has an error
 */
export function readEach(
  list: Located | null,
  findings: Findings,
  read: (item: Located) => SloDefinition | null,
): LocatedSlo[] {
  const items = readList(list, findings);
  if (list && items?.length === 0) {
    findings.error(
      list,
      "empty-field",
      "must hold at least one SLO; take the file away to retire all",
    );
  }
  const slos: LocatedSlo[] = [];
  for (const item of items ?? []) {
    const before = findings.errors;
    const definition = read(item);
    if (!definition || findings.errors > before) continue;
    const { line, column, path } = item;
    slos.push({ definition, place: { file: findings.file, line, column, path } });
  }
  return slos;
}

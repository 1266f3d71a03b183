import { readTimes, type SaidTimes } from "#lib/spec/exclusion.ts";
import { type Fields, openMap, readList, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located, shorten } from "#lib/spec/located.ts";
import type { SaidExclusion } from "#lib/spec/model.ts";

const KNOWN = ["title", "reason", "start", "end", "duration", "rrule", "zone"];
const LONGEST_TITLE = 300;
const LONGEST_REASON = 2_000;

/**
 * Times of maintenance that are left out, of one SLO or of every one of its service; those with an
 * error are not among them.
 * @example readExclusions(node of "[{ reason: Upgrade, start: 2026-01-31 22:00, duration: 1h }]", "slo", findings).length // 1
 */
export function readExclusions(
  node: Located | null,
  of: SaidExclusion["of"],
  findings: Findings,
): SaidExclusion[] {
  const items = readList(node, findings);
  if (node && items?.length === 0) {
    findings.error(node, "empty-field", "must hold at least one window; take the field out");
  }
  const found: SaidExclusion[] = [];
  for (const item of items ?? []) {
    const said = readExclusion(item, of, findings);
    if (said === null) continue;
    if (found.some((other) => isSameTime(said, other))) {
      findings.error(item, "exclusion-time", "is the same window as an earlier one; keep one");
    }
    found.push(said);
  }
  return found;
}

function isSameTime(one: SaidTimes, other: SaidTimes): boolean {
  const said = ["startsAt", "endsAt", "rrule", "zone"] as const;
  return said.every((field) => one[field] === other[field]);
}

function readExclusion(
  item: Located,
  of: SaidExclusion["of"],
  findings: Findings,
): SaidExclusion | null {
  const fields = openMap(item, KNOWN, findings);
  if (!fields) return null;
  const write = (example: string) => ({ write: example, findings });
  const reasonNode = requireField(
    fields,
    "reason",
    write("reason: why nobody should be held to it"),
  );
  const reason = readShort(reasonNode, LONGEST_REASON, findings);
  const title = readShort(fields.get("title"), LONGEST_TITLE, findings);
  requireField(fields, "start", write("start: 2026-01-31 22:00"));
  if (!fields.get("end")) requireField(fields, "duration", write("duration: 1h, or end"));
  const times = readTimes(timesOf(fields), findings);
  if (reason === null || times === null) return null;
  return { of, title: title ?? shorten(reason), reason, ...times, file: findings.file };
}

function timesOf(fields: Fields) {
  const [start, end, duration] = [fields.get("start"), fields.get("end"), fields.get("duration")];
  return { start, end, duration, rrule: fields.get("rrule"), zone: fields.get("zone") };
}

function readShort(node: Located | null, most: number, findings: Findings): string | null {
  const text = readText(node, findings);
  if (text === null || node === null || text.length <= most) return text;
  const message = `has ${text.length} characters, at most ${most} are allowed; shorten ${describe(node)}`;
  return findings.error(node, "too-long", message);
}

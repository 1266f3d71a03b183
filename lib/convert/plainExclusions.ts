import { shorten } from "#lib/spec/located.ts";
import type { SaidExclusion, SloDefinition } from "#lib/spec/model.ts";
import { formatDuration } from "#lib/time/duration.ts";

/**
 * The exclusions of an SLO, or those at the top of a plain document, which are of every SLO of its
 * service; nothing where there are none.
 * @example writeExclusions([definition], "slo") // { exclusions: [{ reason: "Upgrade", start: "2026-01-31T22:00:00Z", duration: "1h" }] }
 */
export function writeExclusions(
  definitions: readonly SloDefinition[],
  of: SaidExclusion["of"],
): object {
  const said = definitions.flatMap(({ exclusions = [] }) => exclusions);
  const written = said.filter((one) => one.of === of).map(writeExclusion);
  const once = new Map(written.map((one) => [JSON.stringify(one), one]));
  return once.size > 0 ? { exclusions: [...once.values()] } : {};
}

function writeExclusion({ title, reason, startsAt, endsAt, rrule, zone }: SaidExclusion): object {
  return {
    ...(title === shorten(reason) ? {} : { title }),
    reason,
    start: new Date(startsAt).toISOString().replace(".000Z", "Z"),
    duration: formatDuration(endsAt - startsAt),
    ...(rrule === null ? {} : { rrule }),
    ...(zone === "UTC" ? {} : { zone }),
  };
}

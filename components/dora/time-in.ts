/** "2026-03-29 14:05" in the zone of a report, which a reader elsewhere must not read as their own. */
export function timeIn(at: number, zone: string): string {
  const fields = new Intl.DateTimeFormat("sv-SE", {
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
    timeZone: zone,
  });
  return fields.format(at);
}

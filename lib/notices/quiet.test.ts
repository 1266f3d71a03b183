import fc from "fast-check";
import { expect, test } from "vitest";
import { quietUntil } from "#lib/notices/quiet.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const at = (text: string) => Date.parse(`${text}Z`);
const NIGHT = { from: "22:00", to: "07:00" };
const NOON = { from: "12:00", to: "13:30" };

test.each([
  ["before", { zone: "UTC", ...NIGHT }, "2026-01-01T21:59:59", null],
  ["as they begin", { zone: "UTC", ...NIGHT }, "2026-01-01T22:00:00", "2026-01-02T07:00:00"],
  ["over midnight", { zone: "UTC", ...NIGHT }, "2026-01-02T03:14:15", "2026-01-02T07:00:00"],
  ["as they end", { zone: "UTC", ...NIGHT }, "2026-01-02T07:00:00", null],
  ["within a day", { zone: "UTC", ...NOON }, "2026-01-02T12:00:01", "2026-01-02T13:30:00"],
  ["elsewhere", { zone: "Asia/Kolkata", ...NIGHT }, "2026-01-01T17:00:00", "2026-01-02T01:30:00"],
  [
    "clocks go forward",
    { zone: "Europe/Berlin", ...NIGHT },
    "2026-03-28T22:00:00",
    "2026-03-29T05:00:00",
  ],
  [
    "clocks go back",
    { zone: "Europe/Berlin", ...NIGHT },
    "2026-10-24T21:00:00",
    "2026-10-25T06:00:00",
  ],
])("quiet hours, %s", (_, quiet, now, end) => {
  expect(quietUntil(quiet, at(now))).toBe(end === null ? null : at(end));
});

test("the end is ahead, less than a day and an hour, and not quiet itself", () => {
  const time = fc
    .integer({ min: 0, max: 1439 })
    .map((n) => new Date(n * MINUTE).toISOString().slice(11, 16));
  const zone = fc.constantFrom("UTC", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe");
  const moment = fc.integer({ min: at("2020-01-01T00:00:00"), max: at("2030-01-01T00:00:00") });
  fc.assert(
    fc.property(time, time, zone, moment, (from, to, name, now) => {
      fc.pre(from !== to);
      const end = quietUntil({ zone: name, from, to }, now);
      if (end === null) return;
      expect(end).toBeGreaterThan(now);
      expect(end - now).toBeLessThanOrEqual(DAY + HOUR);
      expect(quietUntil({ zone: name, from, to }, end)).toBeNull();
    }),
  );
});

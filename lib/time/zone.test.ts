import { describe, expect, test } from "vitest";
import { momentOf, wallOf } from "#lib/time/zone.ts";

const wall = (text: string) => Date.parse(`${text}:00Z`);

describe("the moment of a wall time", () => {
  test.each([
    ["in winter", "2026-01-15T02:30", "Europe/Berlin", "2026-01-15T01:30:00.000Z"],
    ["in summer", "2026-07-15T02:30", "Europe/Berlin", "2026-07-15T00:30:00.000Z"],
    [
      "that clocks skip: an hour later",
      "2026-03-29T02:30",
      "Europe/Berlin",
      "2026-03-29T01:30:00.000Z",
    ],
    [
      "that comes twice: the first",
      "2026-10-25T02:30",
      "Europe/Berlin",
      "2026-10-25T00:30:00.000Z",
    ],
    ["just before a skip", "2026-03-29T01:59", "Europe/Berlin", "2026-03-29T00:59:00.000Z"],
    ["just after a skip", "2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    [
      "where clocks skip half an hour",
      "2026-10-04T02:15",
      "Australia/Lord_Howe",
      "2026-10-03T15:45:00.000Z",
    ],
    ["west of Greenwich", "2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
    ["a day that a zone left out", "2011-12-30T12:00", "Pacific/Apia", "2011-12-30T22:00:00.000Z"],
    ["UTC", "2026-02-28T23:59", "UTC", "2026-02-28T23:59:00.000Z"],
  ])("%s", (_, given, zone, iso) => {
    expect(new Date(momentOf(wall(given), zone)).toISOString()).toBe(iso);
  });

  test("is the way back from what the wall shows, all through a year", () => {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 7 * 3_600_000) {
      expect(
        wallOf(momentOf(wallOf(at, "Asia/Kathmandu"), "Asia/Kathmandu"), "Asia/Kathmandu"),
      ).toBe(wallOf(at, "Asia/Kathmandu"));
      expect(momentOf(wallOf(at, "America/Santiago"), "America/Santiago")).toBeOneOf([
        at,
        at - 3_600_000,
      ]);
    }
  });
});

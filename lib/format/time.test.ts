import { expect, test } from "vitest";
import { ago, dateTime, day, timeOfDay } from "#lib/format/time.ts";

const at = Date.UTC(2026, 10, 21, 4, 2);

test.each([
  [dateTime(at, "UTC"), "21 Nov, 04:02"],
  [dateTime(at, "Pacific/Auckland"), "21 Nov, 17:02"],
  [dateTime(Date.UTC(2026, 0, 1, 0, 5), "UTC"), "1 Jan, 00:05"],
  [day(at, "Pacific/Apia"), "21 Nov"],
  [day(Date.UTC(2026, 0, 1), "America/Sao_Paulo"), "31 Dec"],
  [timeOfDay(Date.UTC(2026, 0, 1), "UTC"), "00:00"],
  [ago(at, at + 3_600_000), "1 h ago"],
  [ago(at, at - 90 * 60_000), "in 1 h 30 min"],
  [ago(at, at + 4_000), "just now"],
])("%s", (text, wanted) => expect(text).toBe(wanted));

import { expect, test } from "vitest";
import { ticks } from "#jobs/metrics.ts";
import { exposition, startTelemetry } from "#jobs/telemetry.ts";

test("what is counted is scraped, though the counters were known before telemetry started", async () => {
  startTelemetry();
  ticks.add(2, { source: "main", outcome: "ok" });
  expect(await exposition()).toContain('plimsoll_ticks_total{source="main",outcome="ok"} 2');
});

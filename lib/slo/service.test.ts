import { expect, test } from "vitest";
import { worstSlo } from "#lib/slo/service.ts";
import type { SloState } from "#lib/slo/status.ts";

const slo = (state: SloState, remaining: number | null, enforced = true) => ({
  state,
  remaining,
  enforced,
});

test("the worst state wins, then the smallest budget", () => {
  const worst = slo("exhausted", -0.5);
  expect(worstSlo([slo("watch", 0.3), slo("exhausted", -0.2), worst])).toBe(worst);
});

test("unknown is worse than watch: it is never good", () => {
  const unknown = slo("unknown", null);
  expect(worstSlo([slo("healthy", 1), unknown, slo("watch", 0.4)])).toBe(unknown);
});

test("aspirational SLOs never count", () => {
  expect(worstSlo([slo("exhausted", -1, false), slo("healthy", 0.9)])?.state).toBe("healthy");
  expect(worstSlo([slo("exhausted", -1, false)])).toBeNull();
});

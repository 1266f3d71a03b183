import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CountingOptions, type CountingQuery, countingQuery } from "#lib/promql/counting.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const options: CountingOptions = {
  stepMs: MINUTE,
  scrapeIntervalMs: 30_000,
  counting: "exact",
  total: "sum(rate(t[5m]))",
};

function rewritten(query: string, changed: Partial<CountingOptions> = {}): CountingQuery {
  const result = countingQuery(query, { ...options, ...changed });
  if ("error" in result) throw new Error(result.error);
  return result.counting;
}

function refusal(query: string): string {
  const result = countingQuery(query, options);
  return "error" in result ? result.error : "";
}

describe("countingQuery on VictoriaMetrics", () => {
  test.each([
    ["sum(rate(x[5m]))", "sum(sum(increase(x[1m])))"],
    ["rate(x[5m])", "sum(increase(x[1m]))"],
    ["sum(irate(x[{{.window}}]))", "sum(sum(increase(x[1m])))"],
    ['sum by (job) (increase(x{a="[5m]"}[7d]))', 'sum(sum by (job) (increase(x{a="[5m]"}[1m])))'],
    ["sum(rate(a[5m])) - sum(rate(b[5m]))", "sum(sum(increase(a[1m])) - sum(increase(b[1m])))"],
    ["sum(rate(x[5m] offset 1h))", "sum(sum(increase(x[1m] offset 1h)))"],
    ["sum(rate(x[5m] offset -90s))", "sum(sum(increase(x[1m] offset -1m30s)))"],
    ["sum(rate(x[5m] anchored))", "sum(sum(increase(x[1m])))"],
    ["sum(rate(x[5m] smoothed offset 1h))", "sum(sum(increase(x[1m] offset 1h)))"],
    ["sum(rate(x[5m])) or 0", "sum(sum(increase(x[1m])) or 0)"],
    ["sum(sum_over_time(up[5m]))", "sum(sum(sum_over_time(up[59s999ms])))"],
  ])("%s becomes %s", (query, counting) => {
    const { query: asked, careful } = rewritten(query, { counting: "increase" });
    expect(asked).toBe(counting);
    expect(careful).toBeNull();
  });

  test("a coarse step is one increase over the step", () => {
    const { query } = rewritten("sum(rate(x[5m]))", { counting: "increase", stepMs: HOUR });
    expect(query).toBe("sum(sum(increase(x[1h])))");
  });
});

describe("countingQuery on Prometheus", () => {
  test("asks for the newest value less the one a step ago, and NaN where a series is odd", () => {
    expect(rewritten("sum(rate(x[5m]))").query).toBe(
      "sum(sum((((last_over_time(x[59s999ms]) - x offset 1m) >= 0 " +
        "unless resets(x[59s999ms]) > 0) or last_over_time(x[59s999ms]) * NaN)))",
    );
  });

  test("looks further back for a sample when scrapes are a minute apart", () => {
    const { query } = rewritten("sum(rate(x[5m]))", { scrapeIntervalMs: MINUTE });
    expect(query).toContain("last_over_time(x[1m29s999ms])");
  });

  test("adds the author's offset to every look back", () => {
    const { query, careful } = rewritten("sum(rate(x[5m] offset 1h))");
    expect(query).toContain("x offset 1h1m");
    expect(careful).toContain("last_over_time(x[30m] offset 1h1m)");
    expect(careful).toContain("x offset 3d1h");
  });

  test("counts a newborn series whole only where the SLI's total was there before", () => {
    expect(rewritten("sum(rate(x[5m]))").careful).toContain(
      "and on() ((count(t offset 1m) or count(t offset 6m) or count(t offset 11m) or " +
        "count(t offset 16m) or count(t offset 21m) or count(t offset 26m))",
    );
  });

  test.each([
    "sum(rate(x[5m])) > 0",
    "max(rate(x[5m]))",
    "topk(1, rate(x[5m]))",
    "sum(rate(x[5m])) unless sum(rate(y[5m]))",
    "clamp_max(sum(rate(x[5m])), 1)",
  ])("asks carefully at once where a NaN might be lost on its way: %s", (query) => {
    const counting = rewritten(query);
    expect(counting.careful).toBeNull();
    expect(counting.query).toContain("offset 3d");
  });

  test("at coarse steps asks how many minutes had samples, too", () => {
    const counting = rewritten("sum(rate(x[5m]))", { stepMs: HOUR });
    expect(counting.query).toContain("last_over_time(x[59m59s999ms]) - x offset 1h");
    expect(counting.presence).toBe(
      "count_over_time((count(last_over_time(x[59s999ms])))[59m59s:1m])",
    );
  });

  test("needs no question after presence unless the query answers without samples", () => {
    expect(rewritten("sum(rate(x[5m]))").presence).toBeNull();
    expect(rewritten("sum(rate(x[5m])) or vector(0)").presence).toBe(
      "count(count(last_over_time(x[59s999ms])))",
    );
  });

  test("the plain form is increase() scaled to the step", () => {
    expect(rewritten("sum(rate(x[5m]))").plain).toBe("sum(sum((increase(x[1m30s]) * 60 / 90)))");
  });
});

describe("countingQuery refuses", () => {
  test.each([
    ["sum(x)", "there is no rate() or increase()"],
    ["sum(rate(x[5m] @ 1700000000))", "fixed to one time"],
    ["sum(rate(x[5m] offset 5m @ 1700000000))", "fixed to one time"],
    ["sum(rate(sum(x)[5m:1m]))", "not a subquery"],
    ["sum(rate(x[5m])", "the query ends too early"],
  ])("%s: %s", (query, words) => {
    expect(refusal(query)).toContain(words);
  });

  test("an SLI whose total cannot be counted, whatever is asked", () => {
    const result = countingQuery("sum(rate(x[5m]))", { ...options, total: "sum(x)" });
    expect(result).toHaveProperty("error");
  });
});

test("every form of every rewritten query is PromQL again", () => {
  const name = fc.constantFrom("x", 'x{a="b",c!~"5..|[4]"}', '{__name__="x"}');
  const offset = fc.constantFrom("", " offset 5m", " offset -1h", " offset 1d");
  const call = fc.constantFrom("rate", "increase", "irate", "count_over_time");
  const counted = fc
    .tuple(call, name, offset)
    .map(([f, selector, shift]) => `sum by (a) (${f}(${selector}[5m]${shift}))`);
  const query = fc
    .tuple(counted, fc.constantFrom(" + ", " - ", " or ", " > "), counted)
    .map((parts) => parts.join(""));
  const changed = fc.record({
    stepMs: fc.constantFrom(MINUTE, 5 * MINUTE, HOUR),
    scrapeIntervalMs: fc.constantFrom(5_000, 30_000, 60_000, 5 * MINUTE),
    counting: fc.constantFrom("exact" as const, "increase" as const),
    total: counted,
  });
  fc.assert(
    fc.property(query, changed, (text, change) => {
      const forms = Object.values(rewritten(text, change)).filter(
        (form) => typeof form === "string",
      );
      for (const form of forms) expect(parsePromql(form)).toHaveProperty("tree");
      expect(Math.max(...forms.map((form) => form.length))).toBeLessThan(15_000);
    }),
  );
});

test("a comment at the end does not swallow what is put around the query", () => {
  const forms = Object.values(rewritten("sum(rate(x[5m])) # all of them", { stepMs: HOUR }));
  for (const form of forms.filter((each) => typeof each === "string")) {
    expect(parsePromql(form)).toHaveProperty("tree");
  }
});

test("a step of a day is a range of a day", () => {
  const { query } = rewritten("sum(rate(x[5m]))", { stepMs: DAY, counting: "increase" });
  expect(query).toContain("[1d]");
});

describe("samples of a 0/1 gauge", () => {
  const SAMPLES = "sum(count_over_time(up[5m]))";

  test("tell by themselves that they are there while a minute holds two of them", () => {
    const { query, presence, regains } = rewritten(SAMPLES);
    expect([query, presence]).toEqual(["sum(sum(count_over_time(up[59s999ms])))", null]);
    expect(regains).toBe(false);
  });

  test("are looked for longer where scrapes are a minute apart or more", () => {
    const { presence } = rewritten(SAMPLES, { scrapeIntervalMs: 2 * MINUTE });
    expect(presence).toBe("count(count(last_over_time(up[2m59s999ms])))");
  });
});

describe("native histograms", () => {
  const COUNT = "histogram_count(sum(rate(x[5m])))";
  const scaled = "(histogram_count(sum(increase(x[1m30s]))) * 60 / 90)";

  test("are counted by increase() over a step and a scrape, of which the count is scaled", () => {
    const { query, careful, presence, regains } = rewritten(COUNT, { total: COUNT });
    expect([query, careful, regains]).toEqual([`sum(${scaled})`, null, false]);
    expect(presence).toBe("count(count(last_over_time(x[59s999ms])))");
  });

  test("a share of them needs no scale", () => {
    const fraction = "histogram_fraction(0, 0.2, sum(rate(x[5m])))";
    const { query } = rewritten(`${fraction} * ${COUNT}`, { total: COUNT });
    const wide = "histogram_fraction(0, 0.2, sum(increase(x[1m30s])))";
    expect(query).toBe(`sum(${wide} * ${scaled})`);
  });

  test("counters beside them are counted as ever", () => {
    const { query } = rewritten(`${COUNT} - sum(rate(y_total[5m]))`, { total: COUNT });
    expect(query).toContain(`sum(${scaled} - sum((((last_over_time(y_total[59s999ms])`);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { happeningSummary, happeningText } from "#lib/charts/happening-words.ts";
import { type Happening, happeningMarks } from "#lib/charts/happenings.ts";
import { span } from "#lib/format/numbers.ts";
import { dateTime } from "#lib/format/time.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const FROM = Date.UTC(2026, 0, 1);
const axis = { from: FROM, to: FROM + 2 * DAY, stepMs: HOUR };
const at = (hours: number) => FROM + hours * HOUR;
const words = { time: (ms: number) => dateTime(ms, "UTC"), span };

const release = (id: string, hours: number, failed = false): Happening => ({
  ...{ kind: "deployment", id, title: id, failed },
  ...{ at: at(hours), until: at(hours) },
});
const incident = (id: string, from: number, to: number | null): Happening => ({
  ...{ kind: "incident", id, title: id, at: at(from), failed: false },
  until: to === null ? null : at(to),
});
const textOf = (...happenings: Happening[]) =>
  happeningMarks(happenings, axis).map((mark) => happeningText(mark, words));

describe("marks", () => {
  test("stand where something happened, each by itself where there is room", () => {
    const marks = happeningMarks([release("b", 9), release("a", 3, true)], axis);
    expect(marks).toEqual([
      {
        ...{ kind: "deployment", from: at(2), to: at(4), at: at(3), until: at(3), n: 1, failed: 1 },
        named: [{ id: "a", title: "a", at: at(3), until: at(3), failed: true }],
      },
      {
        ...{
          kind: "deployment",
          from: at(8),
          to: at(10),
          at: at(9),
          until: at(9),
          n: 1,
          failed: 0,
        },
        named: [{ id: "b", title: "b", at: at(9), until: at(9), failed: false }],
      },
    ]);
  });

  test("of one kind that stand close together become a count", () => {
    const five = [0, 10, 20, 30, 40].map((m) => release(`v${m}`, 7 + m / 60, m === 20));
    const [mark, ...others] = happeningMarks([...five, incident("i", 7.1, 8)], axis);
    expect(mark).toMatchObject({ n: 5, failed: 1, at: at(7) + 20 * MINUTE });
    expect(mark?.named.map(({ id }) => id)).toEqual(["v0", "v10", "v20"]);
    expect(others).toMatchObject([{ kind: "incident", n: 1 }]);
  });

  test("show what had begun before and lasted, at the edge, and nothing from after", () => {
    const marks = happeningMarks(
      [incident("open", -40, null), incident("over", -9, -1), release("later", 48)],
      axis,
    );
    expect(marks).toMatchObject([{ at: FROM, until: null, named: [{ id: "open", at: at(-40) }] }]);
  });

  test("count everything once, are few, and lie inside their stretch, whatever happened", () => {
    const moment = fc.integer({ min: 0, max: 2 * DAY - 1 }).map((ms) => FROM + ms);
    const some = fc.array(fc.record({ kind: fc.constantFrom("deployment", "incident"), moment }));
    fc.assert(
      fc.property(some, fc.constantFrom(MINUTE, 5 * MINUTE, HOUR, 6 * HOUR), (list, stepMs) => {
        const marks = happeningMarks(
          list.map(({ kind, moment: ms }, i) => ({
            ...{ kind, id: `${i}`, title: "", at: ms, until: ms, failed: false },
          })),
          { ...axis, stepMs },
        );
        expect(marks.reduce((sum, { n }) => sum + n, 0)).toBe(list.length);
        expect(marks.length).toBeLessThanOrEqual(2 * 33);
        const places = new Set(marks.map(({ kind, from }) => `${kind} ${from}`));
        expect(places.size).toBe(marks.length);
        for (const mark of marks) {
          expect(mark.at).toBeGreaterThanOrEqual(mark.from);
          expect(mark.at).toBeLessThan(mark.to);
          expect((mark.to - mark.from) % stepMs).toBe(0);
        }
      }),
    );
  });
});

describe("the words of a mark", () => {
  test("say what and when", () => {
    expect(textOf(release("v1.2", 4))).toEqual(["v1.2, 1 Jan, 04:00"]);
    expect(textOf(release("v1.2", 4, true))).toEqual(["v1.2, 1 Jan, 04:00 (failed)"]);
    expect(textOf(incident("SEV1 Down", 4, 5.5))).toEqual([
      "SEV1 Down, 1 Jan, 04:00, for 1 h 30 min",
    ]);
    expect(textOf(incident("SEV1 Down", 4, null))).toEqual(["SEV1 Down, 1 Jan, 04:00, still open"]);
  });

  test("count several and name the first ones", () => {
    const many = [0, 1, 2, 3, 4].map((i) => release(`v${i}`, 4 + i / 60, i === 4));
    expect(textOf(...many)).toEqual([
      "5, 1 failed: v0, 1 Jan, 04:00; v1, 1 Jan, 04:01; v2, 1 Jan, 04:02; and 2 more",
    ]);
    expect(textOf(...many.slice(0, 2))).toEqual(["2: v0, 1 Jan, 04:00; v1, 1 Jan, 04:01"]);
  });

  test("cut a title that is too long", () => {
    const [text] = textOf(incident("x".repeat(90), 4, 5));
    expect(text).toBe(`${"x".repeat(47)}…, 1 Jan, 04:00, for 1 h`);
  });

  test("sum up a range, and are silent where nothing is known", () => {
    const summary = (...happenings: Happening[]) =>
      happeningSummary(happeningMarks(happenings, axis));
    expect(summary()).toBe("");
    expect(summary(release("a", 1))).toBe("1 deployment.");
    expect(summary(release("a", 1, true), release("b", 1.2), incident("i", 3, 4))).toBe(
      "2 deployments, 1 failed; 1 incident.",
    );
  });
});

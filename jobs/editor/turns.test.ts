import { describe, expect, test } from "vitest";
import { Turns } from "#jobs/editor/turns.ts";

describe("turns at the sources", () => {
  test("end when the same person looks again, and not when another does", () => {
    const turns = new Turns(3);
    const first = turns.take("ada", 60_000);
    const other = turns.take("bob", 60_000);
    const second = turns.take("ada", 60_000);
    expect([first?.signal.aborted, first?.superseded]).toEqual([true, true]);
    expect([other?.signal.aborted, second?.signal.aborted]).toEqual([false, false]);
  });

  test("are so many at once; a person's own next look always goes", () => {
    const turns = new Turns(2);
    const ada = turns.take("ada", 60_000);
    turns.take("bob", 60_000);
    expect(turns.take("eve", 60_000)).toBeNull();
    const again = turns.take("ada", 60_000);
    expect(again).not.toBeNull();
    // What was ended gives nothing back: its place went on to the next look.
    ada?.end();
    expect(turns.take("eve", 60_000)).toBeNull();
    again?.end();
    expect(turns.take("eve", 60_000)).not.toBeNull();
  });

  test("end with our patience, which is not the person's doing", async () => {
    const turn = new Turns(1).take("ada", 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    turn?.signal.addEventListener("abort", () => resolve());
    await promise;
    expect(turn?.superseded).toBe(false);
  });
});

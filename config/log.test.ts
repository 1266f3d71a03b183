import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { describeError } from "#config/log.ts";

describe("an error in the log", () => {
  test("says what caused it, and nothing of its properties", () => {
    const cause = Object.assign(new Error("deadlock detected"), { config: { token: "geheim" } });
    const described = describeError(new Error("Failed query", { cause }));
    expect(described).toMatchObject({ message: "Failed query", cause: { message: cause.message } });
    expect(JSON.stringify(described)).not.toContain("geheim");
  });

  test("is cut where a statement with all its parameters stands in it", () => {
    const described = describeError(new Error(`Failed query: ${"1,".repeat(500_000)}`));
    expect(JSON.stringify(described).length).toBeLessThan(10_000);
    expect(described.stack).toContain("log.test.ts");
  });

  test("of a failed statement keeps its parameters to itself, in the stack too", () => {
    const cause = new Error("connection terminated");
    const error = new DrizzleQueryError("insert into accounts values ($1)", ["geheim:hash"], cause);
    expect(error.message).toContain("geheim");
    const described = describeError(error);
    expect(described.message).toContain("insert into accounts");
    expect(JSON.stringify(described)).not.toContain("geheim");
  });

  test("that causes itself comes to an end", () => {
    const error = new Error("round");
    error.cause = error;
    expect(JSON.stringify(describeError(error)).match(/"round"/g)).toHaveLength(4);
  });

  test("that is no Error shows nothing of itself", () => {
    expect(JSON.stringify(describeError({ token: "geheim" }))).not.toContain("geheim");
  });
});

import { expect, test } from "vitest";
import { dropBadState } from "#cli/server/next.ts";

const settle = (state: string) => {
  const headers = { "next-router-state-tree": state };
  dropBadState({ headers });
  return headers["next-router-state-tree"];
};

test.each(["%", "x", "[]", "null", encodeURIComponent('[["a","b","?",null],{}]')])(
  "what a page says it has is left out when it is %s",
  (state) => expect(settle(state)).toBeUndefined(),
);

test("what a page has goes on as it is", () => {
  const state = encodeURIComponent('["",{"children":["(dashboard)",{}]},null,null,16]');
  expect(settle(state)).toBe(state);
});

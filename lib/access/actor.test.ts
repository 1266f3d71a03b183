import { describe, expect, test } from "vitest";
import { type Actor, actorName, LOCAL, NOBODY, SYSTEM } from "#lib/access/actor.ts";

describe("an actor's name", () => {
  test.each<[string, Actor]>([
    ["local (sign-in is off)", LOCAL],
    ["not signed in", NOBODY],
    ["Plimsoll itself", SYSTEM],
    ["Ada", { kind: "person", id: "1", name: "Ada", email: "a@b.c", admin: false, editorOf: [] }],
    ["deploys", { kind: "token", id: "2", name: "deploys", scopes: ["ingest"], team: null }],
    ["", { kind: "token", id: "3", name: "", scopes: [], team: null }],
  ])("%j", (name, actor) => {
    expect(actorName(actor)).toBe(name);
  });
});

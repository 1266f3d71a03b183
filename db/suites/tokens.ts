import { describe, expect, test } from "vitest";
import { readAudit } from "#db/reads/audit.ts";
import { findToken, readToken, readTokens } from "#db/reads/tokens.ts";
import { T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import type { By } from "#db/writes/audit.ts";
import { createToken, type NewToken, revokeToken, touchToken } from "#db/writes/tokens.ts";
import type { Actor } from "#lib/access/actor.ts";
import { hashToken, tokenHint, tokenText } from "#lib/access/token.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const GRACE: Actor = {
  kind: "person",
  id: "grace",
  name: "Grace",
  email: "grace@example.org",
  admin: false,
  editorOf: ["tokens"],
};
const BY: By = { actor: GRACE, address: "10.0.0.2", at: T0 };
const EXPIRES = T0 + 30 * DAY;

/** A token that is told from others by its name. */
function tokenOf(name: string, of: Partial<NewToken> = {}): NewToken & { readonly text: string } {
  const text = tokenText(new Uint8Array(32).map((_, i) => name.charCodeAt(i % name.length)));
  const hash = hashToken(text);
  const own = { id: name, name, hash, hint: tokenHint(text), scopes: ["gate", "read"] as const };
  return { ...own, team: "tokens", expiresAt: EXPIRES, ...of, text };
}

export function tokensSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const made = async (name: string, of?: Partial<NewToken>) => {
    const { text, ...token } = tokenOf(name, of);
    await createToken(db(), BY, token);
    return { ...token, text };
  };
  const actions = async (name: string) =>
    (await readAudit(db(), { subject: `token:${name}` }, { limit: 10 })).map((row) => row.action);

  describe("API tokens", () => {
    test("are found by their hash until they expire, and not a millisecond longer", async () => {
      const { text } = await made("found");
      const hash = hashToken(text);
      const live = { id: "found", name: "found", scopes: ["read", "gate"], team: "tokens" };
      expect(await findToken(db(), hash, EXPIRES - 1)).toEqual(live);
      expect(await findToken(db(), hash, EXPIRES)).toBeNull();
      expect(await findToken(db(), hashToken(`${text} `), T0)).toBeNull();
      expect(await findToken(db(), text, T0)).toBeNull();
    });

    test("are nowhere in the database as they are, and in the log without their hash", async () => {
      const { text, hash } = await made("secret");
      const log = await readAudit(db(), { subject: "token:secret" }, { limit: 10 });
      expect(log).toMatchObject([
        {
          action: "token.created",
          actorName: "grace@example.org",
          team: "tokens",
          address: "10.0.0.2",
          after: { scopes: ["gate", "read"], expiresAt: new Date(EXPIRES).toISOString() },
        },
      ]);
      const kept = JSON.stringify([log, await readToken(db(), "secret")]);
      expect(kept).not.toContain(text);
      expect(kept).not.toContain(hash);
    });

    test("of all teams are logged as such, and not as of none", async () => {
      await made("for-all", { team: null });
      const [row] = await readAudit(db(), { subject: "token:for-all" }, { limit: 1 });
      expect(row).toMatchObject({ team: null, after: { teams: "all" } });
      expect(row?.after).not.toHaveProperty("team");
    });

    test("work no more once revoked, and are revoked once", async () => {
      const { hash } = await made("revoked");
      const [first, second] = await Promise.all([
        revokeToken(db(), { ...BY, at: T0 + 1 }, "revoked"),
        revokeToken(db(), { ...BY, at: T0 + 1 }, "revoked"),
      ]);
      expect([first, second].toSorted()).toEqual([false, true]);
      expect(await revokeToken(db(), BY, "never-was")).toBe(false);
      expect(await findToken(db(), hash, T0 + 2)).toBeNull();
      expect(await readToken(db(), "revoked")).toMatchObject({ revokedAt: T0 + 1 });
      expect(await actions("revoked")).toEqual(["token.revoked", "token.created"]);
    });

    test("are not made twice with one secret, and then nothing is logged", async () => {
      const { text: _, ...token } = await made("twice");
      const again = createToken(db(), BY, { ...token, id: "twice-2", name: "again" });
      await expect(again).rejects.toThrow();
      expect(await actions("again")).toEqual([]);
    });

    test("remember when and from where they were used, once a minute", async () => {
      await made("used");
      const uses = [
        { at: T0 + 1, address: "10.0.0.3" },
        { at: T0 + MINUTE, address: "10.0.0.4" },
        { at: T0 + MINUTE + 2, address: null },
      ];
      const seen: unknown[] = [];
      for (const use of uses) {
        await touchToken(db(), "used", use);
        const { lastUsedAt, lastUsedFrom } = (await readToken(db(), "used")) ?? {};
        seen.push({ at: lastUsedAt, address: lastUsedFrom });
      }
      expect(seen).toEqual([uses[0], uses[0], uses[2]]);
    });

    test("are listed newest first, of some teams, and no longer than asked once they ended", async () => {
      const names = async (teams?: readonly string[], endedAfter = T0) =>
        (await readTokens(db(), { endedAfter, ...(teams ? { teams } : {}) }))
          .map(({ name }) => name)
          .filter((name) => name.startsWith("list-"));
      await made("list-a", { team: "list-a" });
      await made("list-b", { team: "list-b" });
      await made("list-all", { team: null });
      await made("list-old", { team: "list-a", expiresAt: T0 - 1 });
      await made("list-gone", { team: "list-a" });
      await revokeToken(db(), { ...BY, at: T0 - 1 }, "list-gone");
      expect(await names()).toEqual(["list-b", "list-all", "list-a"]);
      expect(await names(["list-a"])).toEqual(["list-a"]);
      expect(await names(["list-a"], T0 - 2)).toEqual(["list-old", "list-gone", "list-a"]);
      expect(await names([])).toEqual([]);
    });
  });
}

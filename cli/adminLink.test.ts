import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashSecret } from "#auth/link.ts";
import { openStore } from "#db/client.ts";
import { audit } from "#db/schema/index.ts";
import { findInvitation } from "#db/writes/invitations.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-admin-link-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const address = () => `pglite://${join(folder, "data")}`;
const script = join(import.meta.dirname, "plimsoll.ts");

function adminLink(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, "admin-link", ...args], {
    encoding: "utf8",
    cwd: folder,
    env: {
      ...process.env,
      PLIMSOLL_DATABASE_URL: address(),
      PLIMSOLL_URL: "https://plimsoll.example/",
    },
  });
  return { status, stdout, stderr };
}

const LINK = /^https:\/\/plimsoll\.example\/welcome\?token=([\w-]{43})$/;

/** Each command opens the embedded database anew. */
const SLOW = { timeout: 60_000 };

test(
  "prints a link that makes an admin for a day, which replaces the one before, and writes it down",
  SLOW,
  async () => {
    const plain = adminLink();
    expect(plain).toMatchObject({ status: 0, stderr: "" });
    const json = adminLink("--json");
    const links = [plain.stdout.trim(), String(JSON.parse(json.stdout).url)];
    const tokens = links.map((link) => LINK.exec(link)?.[1] ?? link);
    expect(new Set(tokens).size).toBe(2);
    const store = await openStore(address(), { upkeep: false });
    try {
      const now = Date.now();
      const [older, found] = await Promise.all(
        tokens.map((token) => findInvitation(store.db, hashSecret(token), now)),
      );
      expect(older).toBeNull();
      expect(found).toMatchObject({ kind: "first-admin", admin: true, email: null });
      expect((found?.expiresAt ?? 0) - (found?.createdAt ?? 0)).toBe(24 * 3_600_000);
      const rows = await store.db.select().from(audit);
      expect(rows.map(({ action, actorKind }) => `${actorKind} ${action}`)).toEqual([
        "system invitation.created",
        "system invitation.replaced",
        "system invitation.created",
      ]);
      expect(JSON.stringify(rows)).not.toContain(tokens[0]);
    } finally {
      await store.close();
    }
  },
);

test("while Plimsoll has the embedded database open, says so and makes none", SLOW, async () => {
  const store = await openStore(address(), { upkeep: false });
  try {
    const { status, stdout, stderr } = adminLink();
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/in use|another process|already open/i);
    expect(stderr).not.toMatch(/^\s+at /m);
  } finally {
    await store.close();
  }
});

test("where passwords are off, says what to do instead and makes none", () => {
  const corp = { id: "corp", issuer: "https://id.example.com", clientId: "x", admins: ["sre"] };
  const auth = { passwords: false, oidc: [corp] };
  writeFileSync(join(folder, "plimsoll.yaml"), JSON.stringify({ auth }));
  const { status, stdout, stderr } = adminLink();
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("set auth.passwords to true until the link is used");
  expect(stderr).not.toMatch(/^\s+at /m);
});

import { Command } from "commander";
import { oneTimeLink } from "#auth/link.ts";
import { loadConfig } from "#config/config.ts";
import { ConfigError } from "#config/error.ts";
import { openStore } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { createInvitation } from "#db/writes/inviting.ts";
import { SYSTEM } from "#lib/access/actor.ts";

/** `plimsoll admin-link`: the way back in, for whoever has the server. */
export function adminLinkCommand(): Command {
  return new Command("admin-link")
    .description(
      "make a one-time link that makes a new admin, valid for 24 hours (with the embedded database: while Plimsoll is stopped)",
    )
    .option("--json", "print JSON")
    .action(async ({ json = false }: { json?: boolean }) => {
      const url = await adminLink();
      console.log(json ? JSON.stringify({ url }) : url);
    });
}

const PASSWORDS_OFF =
  "passwords are off, and the link would ask for one: set auth.passwords to true until the link is used, or name a group of yours in auth.oidc[].admins and sign in through that provider";

async function adminLink(): Promise<string> {
  const { databaseUrl, publicUrl, signIn } = loadConfig(process.env, process.cwd());
  if (!signIn.passwords) throw new ConfigError(PASSWORDS_OFF);
  const store = await openStore(databaseUrl);
  try {
    await migrate(store);
    const { url, tokenHash } = oneTimeLink(publicUrl);
    const wanted = { kind: "first-admin", email: null, name: null, admin: true } as const;
    await createInvitation(
      store.db,
      { actor: SYSTEM, address: null, at: Date.now() },
      { ...wanted, tokenHash, teams: [], personId: null },
    );
    return url;
  } finally {
    await store.close();
  }
}

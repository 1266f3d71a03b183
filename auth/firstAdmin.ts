import { oneTimeLink } from "#auth/link.ts";
import { serverSecret } from "#auth/secret.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { firstAdminInvitation } from "#db/writes/inviting.ts";

/**
 * Prepares sign-in where it is on: the server's secret must be there, and while there is nobody, the
 * console gets a link for the first admin. On the console, not in the log, which others may read.
 */
export async function openDoors(print: (text: string) => void): Promise<void> {
  const { noAuth, role, publicUrl, signIn } = config();
  if (noAuth || role === "worker") return;
  serverSecret();
  if (!signIn.passwords) return;
  const { db } = await store();
  const { url, tokenHash } = oneTimeLink(publicUrl);
  const made = await firstAdminInvitation(db, Date.now(), tokenHash);
  if (!made) return;
  print(
    "plimsoll: nobody can sign in yet. Whoever opens this link within 24 hours becomes the first admin:\n" +
      `plimsoll:   ${url}\n`,
  );
}

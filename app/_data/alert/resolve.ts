import { sloPath } from "#components/layout/paths.ts";
import { type Db, store } from "#db/client.ts";
import { findFiring, readSloNames } from "#db/reads/alertLink.ts";
import { readSlo, type SloRecord } from "#db/reads/slo.ts";
import { type AlertLink, landingQuery, readLink } from "#lib/alerts/link.ts";
import { nearNames } from "#lib/alerts/near.ts";

/** Where the link of an alert leads, or why nowhere. */
export type Resolved =
  | { readonly kind: "landing"; readonly path: string }
  /** The link itself is wrong; `path` is the SLO that it names, where it names one. */
  | { readonly kind: "wrong"; readonly problem: string; readonly path: string | null }
  | { readonly kind: "unknown"; readonly name: string; readonly near: readonly string[] };

type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Follows the link of an alert, through renames, to the moment that it means. */
export async function resolveAlert(asked: Asked, now: number): Promise<Resolved> {
  const { link, ...wrong } = readLink(asked);
  const { db } = await store();
  if (link) return follow(db, link, now);
  const { problem, named } = { named: null, ...wrong };
  const known = named && (await findRecord(db, named));
  return { kind: "wrong", problem: problem ?? "", path: known ? sloPath(addressOf(known)) : null };
}

async function follow(db: Db, link: AlertLink, now: number): Promise<Resolved> {
  const record = await findRecord(db, link);
  if (!record) {
    const name = `${link.service}/${link.slo}`;
    return { kind: "unknown", name, near: nearNames(name, await readSloNames(db)) };
  }
  const { startsAt, tier } = link;
  const told = startsAt === null ? null : { startsAt, endsAt: null, tier };
  const firing = (await findFiring(db, { ...link, sloId: record.id })) ?? told;
  const path = sloPath(addressOf(record));
  if (!firing) return { kind: "landing", path };
  const meant = { ...firing, tier: firing.tier ?? tier };
  return { kind: "landing", path: `${path}?${landingQuery(meant, record.definition, now)}` };
}

function addressOf({ service, name }: SloRecord): { service: string; slo: string } {
  return { service, slo: name };
}

/** In force or retired, under this name or the one that it has now. */
async function findRecord(
  db: Db,
  { service, slo }: Pick<AlertLink, "service" | "slo">,
): Promise<SloRecord | null> {
  const found = await readSlo(db, service, slo);
  if (found?.kind !== "moved") return found;
  const moved = await readSlo(db, found.service, found.name);
  return moved?.kind === "slo" ? moved : null;
}

import { sloPath } from "#components/layout/paths.ts";
import { type Db, store } from "#db/client.ts";
import { readFirings, readSloNames, readSloOfFingerprint } from "#db/reads/alertLink.ts";
import { readSlo, type SloRecord } from "#db/reads/slo.ts";
import { type AlertLink, landingQuery, readLink } from "#lib/alerts/link.ts";
import { meantFiring, type UnmatchedPart } from "#lib/alerts/meant.ts";
import { nearNames } from "#lib/alerts/near.ts";
import { reachableStart, toldFiring } from "#lib/alerts/told.ts";
import { type Unmatched, writeUnmatched } from "#lib/alerts/unmatched.ts";
import { instanceName, readLabels } from "#lib/instances/name.ts";
import { tiersOf } from "#lib/slo/tiers.ts";

/** Where the link of an alert leads, or why nowhere. */
export type Resolved =
  | { readonly kind: "landing"; readonly path: string }
  /** The link itself is wrong; `path` is the SLO that it names, where it names one. */
  | { readonly kind: "wrong"; readonly problem: string; readonly path: string | null }
  | { readonly kind: "unknown"; readonly name: string; readonly near: readonly string[] };

type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Follows the link of an alert, through renames, to the moment that it means. */
export async function resolveAlert(asked: Asked, now: number): Promise<Resolved> {
  const { db } = await store();
  const { link, ...wrong } = readLink(await withSlo(db, asked));
  if (link) return follow(db, link, now);
  const { problem, named } = { named: null, ...wrong };
  const known = named && (await findRecord(db, named));
  const path = known ? sloPath(addressOf(known)) : null;
  return { kind: "wrong", problem: untied(asked) ?? problem ?? "", path };
}

function untied({ slo, fingerprint }: Asked): string | null {
  if (slo || typeof fingerprint !== "string" || fingerprint === "") return null;
  return `The link names no SLO, and no alert with the fingerprint “${fingerprint.slice(0, 80)}” is tied to one. It needs slo=service/name.`;
}

/** An alert's fingerprint alone names what it was tied to. */
async function withSlo(db: Db, asked: Asked): Promise<Asked> {
  const { slo, fingerprint } = asked;
  if (slo || typeof fingerprint !== "string" || fingerprint === "") return asked;
  const tied = await readSloOfFingerprint(db, fingerprint);
  return tied ? { ...asked, slo: `${tied.service}/${tied.name}` } : asked;
}

async function follow(db: Db, link: AlertLink, now: number): Promise<Resolved> {
  const record = (await findInstance(db, link)) ?? (await findRecord(db, link));
  if (!record) {
    const name = `${link.service}/${link.slo}`;
    return { kind: "unknown", name, near: nearNames(name, await readSloNames(db)) };
  }
  return { kind: "landing", path: await landingPath(db, { record, link, now }) };
}

interface Landing {
  readonly record: SloRecord;
  readonly link: AlertLink;
  readonly now: number;
}

async function landingPath(db: Db, { record, link, now }: Landing): Promise<string> {
  const { definition } = record;
  const startsAt = reachableStart(link.startsAt, now);
  const ask = { ...link, startsAt };
  const tiers = tiersOf(definition).map(({ tier }) => tier);
  const { firing, unmatched } = meantFiring(await readFirings(db, record.id, ask), ask, tiers);
  const missed: UnmatchedPart[] = [...unmatched];
  const nothingThen = startsAt !== null && firing === null && missed.length === 0;
  if (startsAt !== link.startsAt || nothingThen) missed.push("startsAt");
  const tier = missed.includes("tier") ? null : link.tier;
  const told = startsAt === null ? null : toldFiring({ startsAt, tier }, now);
  const meant = firing ?? told;
  const query = new URLSearchParams(
    meant ? landingQuery({ ...meant, tier: meant.tier ?? tier }, definition, now) : "",
  );
  const missing = writeUnmatched([
    ...instanceMissed(record, link),
    ...missed.map((part) => saidOf(link, part)),
  ]);
  if (missing !== null) query.set("unmatched", missing);
  const path = sloPath(addressOf(record));
  return query.size === 0 ? path : `${path}?${query}`;
}

/** A grouped SLO that is not told apart as the link says; of any other it is Prometheus's own `instance`. */
function instanceMissed({ definition }: SloRecord, { instance }: AlertLink): Unmatched[] {
  return definition.grouping && instance !== null ? [{ part: "instance", value: instance }] : [];
}

function saidOf({ startsAt, ...link }: AlertLink, part: UnmatchedPart): Unmatched {
  if (part === "startsAt") return { part, value: new Date(startsAt ?? 0).toISOString() };
  return { part, value: link[part] ?? "" };
}

function addressOf({ service, name }: SloRecord): { service: string; slo: string } {
  return { service, slo: name };
}

/** The label set that the link means, where it is told apart; else its SLO is meant. */
async function findInstance(db: Db, link: AlertLink): Promise<SloRecord | null> {
  const labels = link.instance === null ? null : readLabels(link.instance);
  if (labels === null) return null;
  const { service, slo } = link;
  return findRecord(db, { service, slo: instanceName(slo, labels) });
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

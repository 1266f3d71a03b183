import { distinct, readOwners } from "#app/_data/dora/teams.ts";
import { mayEdit } from "#app/_data/policy/editing.ts";
import type { AskGiven, AskView } from "#components/policy/view.ts";
import type { Db } from "#db/connection.ts";
import { readEnvironments } from "#db/reads/environments.ts";
import { readException } from "#db/reads/exceptions.ts";
import { readInForce } from "#db/reads/names.ts";
import type { Actor } from "#lib/access/actor.ts";
import { DAY } from "#lib/time/duration.ts";

/** Environments of longer ago are hardly asked for. */
const RECENT_MS = 90 * DAY;

interface AskAsked {
  readonly actor: Actor;
  readonly address: URLSearchParams;
  /** Epoch ms. */
  readonly now: number;
}

/** What the form to ask for an exception offers, and what it begins with. */
export async function readAskView(db: Db, { actor, address, now }: AskAsked): Promise<AskView> {
  const owners = await readOwners(db);
  const named = await readInForce(db);
  const deployed = Map.groupBy(
    await readEnvironments(db, now - RECENT_MS),
    ({ service }) => service,
  );
  const environmentsOf = (service: string) =>
    distinct([
      "production",
      ...(deployed.get(service) ?? []).map(({ environment }) => environment),
    ]);
  const services = [...Map.groupBy(named, ({ service }) => service)].flatMap(([service, all]) => {
    const own = all.filter((slo) => mayEdit(actor, owners, slo));
    // Who edits for none of its teams asks for nothing of it.
    const isOwn = own.length > 0 || mayEdit(actor, owners, { service, team: null });
    if (!isOwn) return [];
    return [{ service, slos: own.map(({ name }) => name), environments: environmentsOf(service) }];
  });
  return {
    services,
    given: await givenBy(db, address),
    signInOff: actor.kind === "local",
    readAt: now,
  };
}

/** What the address says; of one that is asked for anew, what was said before. */
async function givenBy(db: Db, address: URLSearchParams): Promise<AskGiven> {
  const of = (name: string) => (address.get(name) ?? "").trim().slice(0, 200);
  const earlier = /^[1-9]\d{0,8}$/.test(of("follows"))
    ? await readException(db, Number(of("follows")))
    : null;
  if (!earlier) {
    const words = {
      need: "",
      justification: "",
      risk: "",
      mitigations: "",
      follows: null,
    } as const;
    return { service: of("service"), slo: of("slo"), environment: of("environment"), ...words };
  }
  const { service, slo, environment, need, justification, risk, mitigations, id } = earlier;
  const scope = { service, slo: slo ?? "", environment: environment ?? "" };
  return { ...scope, need, justification, risk, mitigations, follows: id };
}

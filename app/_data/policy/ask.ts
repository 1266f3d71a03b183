import { readDelivery } from "#app/_data/dora/delivery.ts";
import { distinct } from "#app/_data/dora/teams.ts";
import { readEditable } from "#app/_data/incidents/services.ts";
import type { AskGiven, AskView } from "#components/policy/view.ts";
import type { Db } from "#db/connection.ts";
import { readException } from "#db/reads/exceptions.ts";
import { readInForce } from "#db/reads/names.ts";
import type { Actor } from "#lib/access/actor.ts";

interface AskAsked {
  readonly actor: Actor;
  readonly address: URLSearchParams;
  /** Epoch ms. */
  readonly now: number;
}

/** What the form to ask for an exception offers, and what it begins with. */
export async function readAskView(db: Db, { actor, address, now }: AskAsked): Promise<AskView> {
  const editable = new Set(await readEditable(db, actor));
  const named = (await readInForce(db)).filter(({ service }) => editable.has(service));
  const services = [...Map.groupBy(named, ({ service }) => service)];
  const { verdicts } = (await readDelivery(db)).delivery;
  const environments = verdicts.map(({ deployment }) => deployment.environment);
  return {
    services: services.map(([service, own]) => ({ service, slos: own.map(({ name }) => name) })),
    environments: distinct(["production", ...environments]),
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

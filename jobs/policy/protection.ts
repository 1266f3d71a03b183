import { UpstreamError } from "#collectors/collector.ts";
import { type GithubClient, githubClient } from "#collectors/github/client.ts";
import {
  answerProtection,
  type ProtectionRequest,
  protectionRequest,
} from "#collectors/github/protection.ts";
import type { GithubSource } from "#collectors/github/source.ts";
import type { Config } from "#config/config.ts";
import type { ServiceSettings } from "#config/delivery.ts";
import type { Db } from "#db/client.ts";
import { type GateQuestion, readGateDecision } from "#db/reads/gate.ts";
import { logGateAnswer } from "#db/writes/gate.ts";
import { githubSource } from "#jobs/delivery/upstreams.ts";
import { isPassing } from "#jobs/retry.ts";
import type { GateDecision } from "#lib/policy/decision.ts";
import { githubComment } from "#lib/policy/githubComment.ts";

/** What answering GitHub needs; the client keeps the App's token between answers. */
export interface Protection {
  readonly db: Db;
  readonly config: Pick<Config, "gate" | "publicUrl" | "delivery">;
  readonly source: GithubSource;
  readonly client: GithubClient;
  readonly clock: () => number;
}

/** Null where no GitHub is configured. */
export function protectionOf(of: Pick<Protection, "db" | "config" | "clock">): Protection | null {
  const { github } = of.config.delivery;
  if (!github) return null;
  const source = githubSource(github);
  return { ...of, source, client: githubClient(source) };
}

/** What became of a delivery: answered, or why it cannot be, in words. */
export type Answered = { readonly error: string | null };

/**
 * Answers one question of GitHub's, whatever the decision: an environment that waits for us must not
 * wait for ever. Throws only what may be better in a moment.
 */
export async function protect(
  protection: Protection,
  body: string,
  signal: AbortSignal,
): Promise<Answered> {
  const parsed = protectionRequest.safeParse(parsedJson(body));
  if (!parsed.success) return { error: "the delivery is not what GitHub sends for this event" };
  const request = parsed.data;
  if (request.action !== "requested") return { error: null };
  const decisions = await decide(protection, request);
  const state = decisions.every(({ proceed }) => proceed) ? "approved" : "rejected";
  const answer = { state, comment: githubComment(decisions) } as const;
  const error = await refusalOf(answerProtection(protection, { request, answer }, signal));
  await keep(protection, request, decisions);
  return { error };
}

/** Also those that a person mends: a key that was rotated, an App that was not installed yet. */
const MENDED_BY_PEOPLE: ReadonlySet<number | null> = new Set([401, 403, 404]);

/** A refusal in words; what may be better in a moment is thrown. */
async function refusalOf(answering: Promise<void>): Promise<string | null> {
  try {
    await answering;
    return null;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const mayPass: boolean = isPassing(error);
    if (mayPass || MENDED_BY_PEOPLE.has(error.httpStatus)) throw error;
    return error.message;
  }
}

async function decide(
  { db, config, clock }: Protection,
  request: ProtectionRequest,
): Promise<GateDecision[]> {
  const { environment, deployment } = request;
  const sha = deployment?.sha ?? null;
  const decisions: GateDecision[] = [];
  for (const service of servicesOf(config.delivery.services, request)) {
    const ask: GateQuestion["ask"] = { service, environment, change: "feature", sha };
    const own = { rules: config.gate, linkPrefix: config.publicUrl, now: clock() };
    decisions.push(await readGateDecision(db, { ask, ...own }));
  }
  return decisions;
}

/** Once they are told: tries that came to nothing are no answers. */
async function keep(
  { db, clock }: Protection,
  { repository }: ProtectionRequest,
  decisions: readonly GateDecision[],
): Promise<void> {
  const asked = { surface: "github", askedByName: repository.full_name, now: clock() } as const;
  for (const decision of decisions) await logGateAnswer(db, asked, decision);
}

/**
 * The services of a repository, those whose environments this may be; where none is configured, one
 * of the repository's own name, so that the answer says that nothing is known of it.
 */
function servicesOf(
  services: readonly ServiceSettings[],
  { repository, environment }: ProtectionRequest,
): string[] {
  const full = repository.full_name.toLowerCase();
  const own = services.filter(
    (one) =>
      one.repository && `${one.repository.owner}/${one.repository.name}`.toLowerCase() === full,
  );
  const here = own.filter(
    ({ environments }) => environments === null || new RegExp(environments, "i").test(environment),
  );
  const found = here.length > 0 ? here : own;
  const name = repository.full_name.split("/").at(-1) ?? repository.full_name;
  return found.length > 0 ? found.map((one) => one.name) : [name];
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

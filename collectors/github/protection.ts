import { z } from "zod";
import { UpstreamError } from "#collectors/collector.ts";
import type { GithubClient } from "#collectors/github/client.ts";
import type { GithubSource } from "#collectors/github/source.ts";

/** The event by which GitHub asks whether a deployment may go on. */
export const PROTECTION_EVENT = "deployment_protection_rule";

/** What we read of it; what else it says is not looked at. */
export const protectionRequest = z.object({
  action: z.string(),
  environment: z.string().min(1).max(255),
  deployment_callback_url: z.string(),
  deployment: z.object({ sha: z.string().nullish() }).nullish(),
  repository: z.object({ full_name: z.string() }),
});

export type ProtectionRequest = z.infer<typeof protectionRequest>;

export interface ProtectionAnswer {
  readonly state: "approved" | "rejected";
  /** Markdown; GitHub takes at most 1,024 characters. */
  readonly comment: string;
}

/** Answers where GitHub asked to be answered, with the App's own token. */
export async function answerProtection(
  { client, source }: { readonly client: GithubClient; readonly source: GithubSource },
  { request, answer }: { readonly request: ProtectionRequest; readonly answer: ProtectionAnswer },
  signal: AbortSignal,
): Promise<void> {
  const path = callbackPath(source, request);
  if (path === null) throw new UpstreamError(FOREIGN, { source: source.name, kind: "parse" });
  await client.post(path, { environment_name: request.environment, ...answer }, signal);
}

const FOREIGN =
  "the delivery asks to be answered at another address than the configured GitHub's; nothing was sent there";

/**
 * The path below the configured API at which to answer; null for any other address: a token goes to
 * nobody but the GitHub that it is for, and says nothing about another repository.
 */
export function callbackPath(
  { url }: Pick<GithubSource, "url">,
  request: Pick<ProtectionRequest, "deployment_callback_url" | "repository">,
): string | null {
  const base = url.replace(/\/+$/, "");
  const callback = request.deployment_callback_url;
  if (!callback.startsWith(`${base}/`)) return null;
  const path = callback.slice(base.length);
  const [, repository] = CALLBACK.exec(path) ?? [];
  return repository?.toLowerCase() === request.repository.full_name.toLowerCase() ? path : null;
}

const CALLBACK = /^\/repos\/([\w.-]+\/[\w.-]+)\/actions\/runs\/\d+\/deployment_protection_rule$/;

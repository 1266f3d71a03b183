import { RequestError } from "#app/api/respond.ts";
import type { SignedWebhook } from "#db/schema/index.ts";

/** The source that a path names, if its deliveries are signed. */
export function signedSource(name: string): SignedWebhook {
  if (name === "github" || name === "pagerduty") return name;
  throw new RequestError(
    404,
    "not-found",
    name === "alertmanager"
      ? "Alertmanager does not sign: give it an API token with the scope ingest."
      : "There is no such webhook; those with secrets are github and pagerduty.",
  );
}

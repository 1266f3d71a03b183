import type { CauseView } from "#components/incidents/view.ts";
import type { Delivery } from "#lib/dora/delivery.ts";
import type { Deployment } from "#lib/dora/deployment.ts";

/** What people call a deployment: its tag or branch with the sha, else what there is. */
export function deploymentName({ ref, sha, id }: Pick<Deployment, "ref" | "sha" | "id">): string {
  const short = sha?.slice(0, 7) ?? null;
  if (ref !== null && ref !== sha) return short === null ? ref : `${ref} (${short})`;
  return short ?? id;
}

/** Finds the cause of an incident among what is known; an incident that is not known yet has none. */
export function causes({ attributions, verdicts }: Delivery): (id: string) => CauseView {
  const byId = new Map(verdicts.map(({ deployment }) => [deployment.id, deployment]));
  return (id) => {
    const {
      deploymentId = null,
      method = "unattributed",
      confidence = null,
    } = attributions.get(id) ?? {};
    const found = deploymentId === null ? undefined : byId.get(deploymentId);
    const deployment = found
      ? { id: found.id, name: deploymentName(found), at: found.finishedAt }
      : null;
    return { deployment, method, confidence };
  };
}

import Link from "next/link";
import type { IncidentView } from "#components/incidents/view.ts";
import { confidenceWords, METHOD_WORD } from "#components/incidents/words.ts";
import { deploymentPath } from "#components/layout/paths.ts";
import { Time } from "#components/ui/time.tsx";

/** Which deployment caused it, and how that is known. */
export function Cause({ cause, causeBy }: Pick<IncidentView, "cause" | "causeBy">) {
  const { deployment, method } = cause;
  return (
    <div className="px-4 pb-3 text-[13px] [overflow-wrap:anywhere]">
      <p>
        {deployment ? (
          <>
            <Link href={deploymentPath(deployment.id)} className="prose-link font-[560]">
              {deployment.name}
            </Link>
            , finished <Time at={deployment.at} />
          </>
        ) : (
          <span className="font-[560]">
            {method === "hand" ? "No deployment caused it" : "Not attributed to a deployment"}
          </span>
        )}
      </p>
      <p className="mt-0.5 text-ink-2">
        {[METHOD_WORD[method], confidenceWords(cause)].filter((text) => text !== "").join(", ")}
        {method === "hand" && causeBy && (
          <>
            {" "}
            by {causeBy.name}, <Time at={causeBy.at} />
          </>
        )}
        .
      </p>
      {method === "unattributed" && (
        <p className="mt-0.5 text-ink-3">
          It counts as an incident, but against no deployment's failure rate.
        </p>
      )}
    </div>
  );
}

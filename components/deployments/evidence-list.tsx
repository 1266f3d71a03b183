import Link from "next/link";
import type { DeploymentView, FailureView, Neighbour } from "#components/deployments/view.ts";
import { FAILURE_WORD, METHOD_WORD, REWORK_WORD } from "#components/deployments/words.ts";
import { deploymentPath, incidentPath } from "#components/layout/paths.ts";
import { Time } from "#components/ui/time.tsx";

/** Everything that speaks for or against a deployment, with how far each can be trusted. */
export function EvidenceList({ view }: { view: DeploymentView }) {
  const { failures, reworks, burnAlerts } = view;
  if (failures.length + reworks.length + burnAlerts.length === 0) {
    return (
      <p className="px-4 pb-4 text-[13px] text-ink-2">
        No incident, rollback, revert, hotfix or burn alert is tied to it.
      </p>
    );
  }
  return (
    <ul className="pb-2 text-[13px]">
      {failures.map((failure) => (
        <li key={`${failure.method} ${failure.incidentId} ${failure.mending?.id}`} className={LINE}>
          <Reason failure={failure} incidents={view.incidents} />
        </li>
      ))}
      {reworks.map(({ kind, cause, confidence }) => (
        <li key={`${kind} ${cause?.id}`} className={LINE}>
          It is {REWORK_WORD[kind]}
          {cause && (
            <>
              {" "}
              of <DeploymentLink to={cause} />
            </>
          )}{" "}
          <Confidence word={confidence} />
        </li>
      ))}
      {burnAlerts.map(({ slo, tier, startedAt, endedAt }) => (
        <li key={`${slo} ${tier} ${startedAt}`} className={LINE}>
          The {tier} burn alert of {slo} began <Time at={startedAt} /> and{" "}
          {endedAt === null ? (
            "still fires"
          ) : (
            <>
              ended <Time at={endedAt} />
            </>
          )}
          , within 2 h after it: evidence, not yet a failure.
        </li>
      ))}
    </ul>
  );
}

const LINE = "border-t border-line px-4 py-2 [overflow-wrap:anywhere]";

interface ReasonProps {
  readonly failure: FailureView;
  readonly incidents: DeploymentView["incidents"];
}

function Reason({ failure, incidents }: ReasonProps) {
  const { method, confidence, incidentId, mending } = failure;
  const incident = incidents.find(({ id }) => id === incidentId);
  return (
    <>
      {FAILURE_WORD[method]}
      {incident && (
        <>
          :{" "}
          <Link href={incidentPath(incident.id)} className="prose-link">
            {incident.title}
          </Link>
          , because {METHOD_WORD[incident.method]}
        </>
      )}
      {mending && (
        <>
          {" "}
          by <DeploymentLink to={mending} /> <Time at={mending.at} />
        </>
      )}{" "}
      <Confidence word={confidence} />
    </>
  );
}

function DeploymentLink({ to }: { to: Neighbour }) {
  return (
    <Link href={deploymentPath(to.id)} className="prose-link">
      {to.title}
    </Link>
  );
}

function Confidence({ word }: { word: string }) {
  return <span className="text-small text-ink-3">({word} confidence)</span>;
}

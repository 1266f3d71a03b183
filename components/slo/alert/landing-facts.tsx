import Link from "next/link";
import type { ReactNode } from "react";
import { deploymentPath, incidentPath } from "#components/layout/paths.ts";
import { ExemptLine } from "#components/policy/exempt-line.tsx";
import type { AlertLanding, Standing } from "#components/slo/alert/view.ts";
import { StateMark } from "#components/slo/state-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { percent, span } from "#lib/format/numbers.ts";

/** What happened around an alert, how it stood then and stands now, and what the policy asks. */
export function LandingFacts({ landing }: { landing: AlertLanding }) {
  return (
    <dl className="grid content-start gap-y-1.5 text-[13px]">
      <Fact name="Deployed">
        <Deployed landing={landing} />
      </Fact>
      <Fact name="Incidents">
        <Incidents incidents={landing.incidents} />
      </Fact>
      <Fact name="Then">
        <Stood standing={landing.before} />
      </Fact>
      <Fact name="Now">
        <Stood standing={landing.now} />
      </Fact>
      <Fact name="Policy now">
        <Policy policy={landing.policy} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.2rem_minmax(0,1fr)] gap-x-2">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Deployed({ landing: { deployment, startedAt } }: { landing: AlertLanding }) {
  if (!deployment)
    return <span className="text-ink-3">Nothing is known to have been before it</span>;
  const { id, title, at } = deployment;
  return (
    <>
      <Link href={deploymentPath(id)} className="prose-link inline-block min-h-6 font-medium">
        {title}
      </Link>
      {startedAt === null ? " " : `, ${span(startedAt - at)} before, `}
      <Time at={at} />
      <span className="text-out">{blamed(deployment)}</span>
    </>
  );
}

/** It went out: what failed came after it. */
function blamed({ failed, causeOf: [first, ...more] }: NonNullable<AlertLanding["deployment"]>) {
  if (!failed) return "";
  if (first === undefined) return ", counted as failed";
  return `, taken for the cause of “${first}”${more.length > 0 ? ` and ${more.length} more` : ""}`;
}

function Incidents({ incidents }: Pick<AlertLanding, "incidents">) {
  if (incidents.length === 0) return <span className="text-ink-3">None known in this time</span>;
  return (
    <ul>
      {incidents.map(({ id, severity, title, startedAt, resolvedAt }) => (
        <li key={id}>
          {severity}{" "}
          <Link href={incidentPath(id)} className="prose-link inline-block min-h-6">
            {title}
          </Link>
          {", "}
          {resolvedAt === null ? "open since " : ""}
          <Time at={startedAt} />
          {resolvedAt !== null && `, for ${span(resolvedAt - startedAt)}`}
        </li>
      ))}
    </ul>
  );
}

function Stood({ standing }: { standing: Standing | null }) {
  if (!standing) return <span className="text-ink-3">not evaluated</span>;
  const { at, state, remaining } = standing;
  return (
    <>
      <StateMark state={state} />
      {remaining === null ? ", budget not known" : `, ${percent(remaining)} of the budget left`}
      <span className="text-ink-3">
        {" at "}
        <Time at={at} show="clock" />
      </span>
    </>
  );
}

function Policy({ policy }: Pick<AlertLanding, "policy">) {
  if (!policy) return <span className="text-ink-3">not known</span>;
  const { state, action, blocks, liftsAt, exempt, enforced } = policy;
  // Whether one may ship is the gate's word, which looks at all SLOs of the service.
  if (action === null && !blocks) return "This SLO asks for nothing";
  return (
    <>
      {!enforced && "Aspirational, so it only would ask: "}
      <b className="font-semibold">{state}</b>
      {action !== null && action !== state && `: ${action}`}
      {blocks && <span className="text-out">. Deployments are blocked</span>}
      {blocks && liftsAt !== null && (
        <span className="text-out">
          {" until "}
          <Time at={liftsAt} />
        </span>
      )}
      {blocks && (
        <>
          . <ExemptLine exempt={exempt} />
        </>
      )}
    </>
  );
}

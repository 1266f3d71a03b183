import Link from "next/link";
import { EditIncident } from "#app/(dashboard)/incidents/[id]/edit-incident.tsx";
import { EndIncident } from "#app/(dashboard)/incidents/[id]/end-incident.tsx";
import { MergeIncident } from "#app/(dashboard)/incidents/[id]/merge-incident.tsx";
import { SeverityMark } from "#components/incidents/severity.tsx";
import type { IncidentView } from "#components/incidents/view.ts";
import { ORIGIN_WORD, stateWords } from "#components/incidents/words.ts";
import { servicePath, teamPath } from "#components/layout/paths.ts";
import { Time } from "#components/ui/time.tsx";

/** What it is called, where it happened, how it stands, and what can be done about it. */
export function IncidentHead({ view }: { view: IncidentView }) {
  const { title, severity, incidentClass, resolvedAt, startedAt, choices, origin } = view;
  return (
    <header>
      <p className="text-small text-ink-3">
        <Link href="/incidents" className="prose-link">
          Incidents
        </Link>{" "}
        / <Whose {...view} />
      </p>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h1 className="min-w-0 [overflow-wrap:anywhere]">{title}</h1>
        {choices && (
          <div className="no-print flex flex-wrap gap-2">
            <EndIncident view={view} />
            <EditIncident view={view} {...choices} />
            <MergeIncident view={view} targets={choices.incidents} />
          </div>
        )}
      </div>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        <SeverityMark severity={severity} />
        {incidentClass !== null && <span>Class: {incidentClass}</span>}
        <span className={resolvedAt === null ? "font-[560] text-out" : ""}>
          {stateWords(view, view.readAt)}
        </span>
        <span>
          Began <Time at={startedAt} show="both" />
        </span>
        <span className="text-ink-3">Told by {ORIGIN_WORD[origin]}</span>
      </p>
    </header>
  );
}

function Whose({ service, teams }: Pick<IncidentView, "service" | "teams">) {
  return (
    <>
      <Link href={servicePath(service)} className="prose-link">
        {service}
      </Link>
      {teams.map((team) => (
        <span key={team}>
          {" · "}
          <Link href={teamPath(team)} className="prose-link">
            {team}
          </Link>
        </span>
      ))}
    </>
  );
}

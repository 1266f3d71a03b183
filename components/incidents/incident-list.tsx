import Link from "next/link";
import { SeverityMark } from "#components/incidents/severity.tsx";
import type { CauseView, IncidentLine } from "#components/incidents/view.ts";
import { METHOD_WORD, stateWords } from "#components/incidents/words.ts";
import { deploymentPath, incidentPath, servicePath } from "#components/layout/paths.ts";
import { Time } from "#components/ui/time.tsx";

interface IncidentListProps {
  readonly lines: readonly IncidentLine[];
  /** Epoch ms: what is open has been so until now. */
  readonly readAt: number;
}

/** Incidents, the open ones first. */
export function IncidentList({ lines, readAt }: IncidentListProps) {
  return (
    <ul>
      {lines.map((line) => (
        <Line key={line.id} line={line} readAt={readAt} />
      ))}
    </ul>
  );
}

function Line({ line, readAt }: { line: IncidentLine; readAt: number }) {
  const { id, title, service, teams, severity, startedAt, resolvedAt, cause } = line;
  return (
    <li className="grid gap-x-5 gap-y-0.5 border-t border-line px-4 py-2.5 md:grid-cols-[4rem_minmax(0,1fr)_12rem]">
      <div>
        <SeverityMark severity={severity} />
      </div>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <Link href={incidentPath(id)} className="prose-link font-[560]">
          {title}
        </Link>
        <p className="text-small text-ink-2">
          <Link href={servicePath(service)} prefetch={false} className="prose-link">
            {service}
          </Link>
          {teams.length > 0 && ` · ${teams.join(", ")}`} · <CauseLine cause={cause} />
        </p>
      </div>
      <div className="text-[13px] md:text-right">
        <p className={resolvedAt === null ? "font-[560] text-out" : "text-ink-2"}>
          {stateWords(line, readAt)}
        </p>
        <p className="text-small text-ink-3">
          <Time at={startedAt} />
        </p>
      </div>
    </li>
  );
}

function CauseLine({ cause: { deployment, method } }: { cause: CauseView }) {
  if (!deployment) return method === "hand" ? "no deployment caused it" : "cause not known";
  return (
    <>
      caused by{" "}
      <Link
        href={deploymentPath(deployment.id)}
        prefetch={false}
        title={METHOD_WORD[method]}
        className="prose-link"
      >
        {deployment.name}
      </Link>
    </>
  );
}

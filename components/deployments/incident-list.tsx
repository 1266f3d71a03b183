import Link from "next/link";
import type { TiedIncident } from "#components/deployments/view.ts";
import { METHOD_WORD } from "#components/deployments/words.ts";
import { incidentPath } from "#components/layout/paths.ts";
import { Time } from "#components/ui/time.tsx";

/** Incidents that are tied to a deployment, and by which step of the ladder. */
export function TiedIncidents({ incidents }: { incidents: readonly TiedIncident[] }) {
  if (incidents.length === 0) {
    return <p className="px-4 pb-4 text-[13px] text-ink-2">No incident is tied to it.</p>;
  }
  return (
    <ul className="pb-2 text-[13px]">
      {incidents.map(({ id, title, severity, startedAt, resolvedAt, method, confidence }) => (
        <li key={id} className="border-t border-line px-4 py-2">
          <p className="[overflow-wrap:anywhere]">
            <span className="mr-2 text-small text-ink-2">{severity}</span>
            <Link href={incidentPath(id)} className="prose-link">
              {title}
            </Link>
          </p>
          <p className="text-small text-ink-2">
            Since <Time at={startedAt} />,{" "}
            {resolvedAt === null ? (
              <span className="font-[560] text-out">still open</span>
            ) : (
              <>
                resolved <Time at={resolvedAt} />
              </>
            )}
            . Tied because {METHOD_WORD[method]}
            {confidence && ` (${confidence} confidence)`}.
          </p>
        </li>
      ))}
    </ul>
  );
}

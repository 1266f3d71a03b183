import Link from "next/link";
import type { ReactNode } from "react";
import { incidentPath, sloPath } from "#components/layout/paths.ts";
import type { OwedLine } from "#components/policy/view.ts";
import { owedWords } from "#components/policy/words.ts";
import { Time } from "#components/ui/time.tsx";

interface OwedListProps {
  readonly lines: readonly OwedLine[];
  /** What the reader may do about a line. */
  readonly action?: (line: OwedLine) => ReactNode;
}

/** What the clauses of policies ask for, until it is done. */
export function OwedList({ lines, action }: OwedListProps) {
  return (
    <ul>
      {lines.map((line) => (
        <li
          key={line.id}
          className="flex flex-wrap items-start justify-between gap-x-5 gap-y-2 border-t border-line px-4 py-2.5"
        >
          <Owed line={line} />
          {line.isEditor && action?.(line)}
        </li>
      ))}
    </ul>
  );
}

function Owed({ line }: { line: OwedLine }) {
  const { service, slo, incident, openedAt, doneAt } = line;
  return (
    <div className="min-w-0 flex-1 basis-72 [overflow-wrap:anywhere]">
      <p className="font-[560]">
        {incident ? (
          <Link
            href={incidentPath(incident.id)}
            data-row-link
            prefetch={false}
            className="prose-link"
          >
            {incident.title}
          </Link>
        ) : (
          <Link href={sloPath(line)} data-row-link prefetch={false} className="prose-link">
            {service} / {slo}
          </Link>
        )}
      </p>
      <p className="text-[13px] text-ink-2">{owedWords(line)}.</p>
      <p className="text-small text-ink-3">
        {incident && (
          <>
            <Link href={sloPath(line)} prefetch={false} className="prose-link">
              {service} / {slo}
            </Link>{" "}
            ·{" "}
          </>
        )}
        owed since <Time at={openedAt} show="both" />
        {doneAt !== null && <Done line={line} at={doneAt} />}
      </p>
    </div>
  );
}

function Done({ line, at }: { line: OwedLine; at: number }) {
  const { doneByName, doneUrl, doneNote } = line;
  return (
    <>
      {" "}
      · done <Time at={at} show="both" />
      {doneByName !== null && <> by {doneByName}</>}
      {doneUrl !== null && (
        <>
          {" · "}
          <a href={doneUrl} rel="noreferrer" className="prose-link">
            where it is
          </a>
        </>
      )}
      {doneNote !== null && <> · {doneNote}</>}
    </>
  );
}

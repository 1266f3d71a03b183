import Link from "next/link";
import { exceptionPath } from "#components/layout/paths.ts";
import { ExceptionMark } from "#components/policy/exception-mark.tsx";
import type { ExceptionLine } from "#components/policy/view.ts";
import { NEED_WORD, scopeWords } from "#components/policy/words.ts";
import { Time } from "#components/ui/time.tsx";

interface ExceptionListProps {
  readonly lines: readonly ExceptionLine[];
  /** Epoch ms: what ends soon follows from it. */
  readonly now: number;
}

/** Exceptions, each a line that opens it. */
export function ExceptionList({ lines, now }: ExceptionListProps) {
  return (
    <ul>
      {lines.map((line) => (
        <Line key={line.id} line={line} now={now} />
      ))}
    </ul>
  );
}

function Line({ line, now }: { line: ExceptionLine; now: number }) {
  return (
    <li className="grid gap-x-5 gap-y-1 border-t border-line px-4 py-2.5 md:grid-cols-[minmax(0,1fr)_15rem]">
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <Link
          href={exceptionPath(line.id)}
          data-row-link
          prefetch={false}
          className="prose-link font-[560]"
        >
          {scopeWords(line)}
        </Link>
        <p className="line-clamp-2 text-[13px] text-ink-2">
          {NEED_WORD[line.need]}: {line.justification}
        </p>
        <p className="text-small text-ink-3">
          Asked by {line.askedByName} on <Time at={line.askedAt} />
          {line.state === "in-force" && line.decidedByName !== null && (
            <>, approved by {line.decidedByName}</>
          )}
          {line.teams.length > 0 && <> · {line.teams.join(", ")}</>}
        </p>
      </div>
      <div className="text-[13px] md:text-right">
        <ExceptionMark line={line} now={now} />
        <p className="text-small text-ink-3">
          <Ends line={line} />
        </p>
      </div>
    </li>
  );
}

/** Until when it is in force, would be, or was. */
function Ends({ line: { state, expiresAt } }: { line: ExceptionLine }) {
  if (state === "rejected" || state === "withdrawn" || state === "revoked") return null;
  const words = { asked: "would end", "in-force": "until", expired: "ended" }[state];
  return (
    <>
      {words} <Time at={expiresAt} show="both" />
    </>
  );
}

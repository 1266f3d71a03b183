import Link from "next/link";
import type { ReactNode } from "react";
import { quarterPath, servicePath, teamPath } from "#components/layout/paths.ts";
import { ExceptionMark } from "#components/policy/exception-mark.tsx";
import type { ExceptionView } from "#components/policy/view.ts";
import { scopeWords } from "#components/policy/words.ts";
import { Time } from "#components/ui/time.tsx";

interface ExceptionHeadProps {
  readonly view: ExceptionView;
  /** What can be done with it. */
  readonly children: ReactNode;
}

/** What it is for, whose, and where it stands. */
export function ExceptionHead({ view, children }: ExceptionHeadProps) {
  const { id, service, teams, state, expiresAt } = view;
  return (
    <header>
      <nav aria-label="Breadcrumb" className="text-small text-ink-3">
        <Link href={quarterPath()} className="prose-link">
          Exceptions
        </Link>{" "}
        /{" "}
        {teams.map((team) => (
          <span key={team}>
            <Link href={teamPath(team)} prefetch={false} className="prose-link">
              {team}
            </Link>{" "}
            /{" "}
          </span>
        ))}
        <Link href={servicePath(service)} prefetch={false} className="prose-link">
          {service}
        </Link>
      </nav>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="[overflow-wrap:anywhere]">
            Exception {id}: {scopeWords(view)}
          </h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 text-[14.5px]">
            <ExceptionMark line={view} now={view.readAt} />
            {(state === "asked" || state === "in-force") && (
              <span className="text-ink-2">
                {state === "asked" ? "would end" : "until"} <Time at={expiresAt} show="both" />
              </span>
            )}
          </p>
        </div>
        <div className="no-print">{children}</div>
      </div>
    </header>
  );
}

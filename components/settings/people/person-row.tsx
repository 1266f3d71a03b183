import type { ReactNode } from "react";
import type { PersonView } from "#components/settings/people/view.ts";
import { personRole, sessionWords } from "#components/settings/people/words.ts";
import { Chevron, Tag } from "#components/settings/row-parts.tsx";
import { Time } from "#components/ui/time.tsx";

interface PersonRowProps {
  readonly person: PersonView;
  /** What one may do about them; stands where the row opens. */
  readonly children: ReactNode;
}

/** A person in one line that opens: who, what they may do, how and when they come. */
export function PersonRow({ person, children }: PersonRowProps) {
  const { name, email, waysIn, lastSeenAt, disabledAt, self } = person;
  return (
    <li className="border-t border-line">
      <details className="group">
        <summary className={LINE}>
          <Chevron />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className="font-[560]">{name}</span> {self && <Tag>you</Tag>}
            {disabledAt !== null && <Tag>disabled</Tag>}
            <span className="block text-small text-ink-3">{email}</span>
          </span>
          <span className="max-md:col-start-2">{personRole(person)}</span>
          <span className="text-ink-2 max-md:col-start-2">
            {waysIn.length === 0 ? "no way to sign in" : waysIn.join(", ")}
          </span>
          <span className="text-ink-2 max-md:col-start-2">
            {lastSeenAt === null ? "not seen lately" : <LastSeen at={lastSeenAt} />}
          </span>
        </summary>
        <div className="space-y-3 px-4 pt-1 pb-4 text-[13px] md:pl-[34px]">
          <Facts person={person} />
          {children}
        </div>
      </details>
    </li>
  );
}

const LINE =
  "grid cursor-pointer list-none grid-cols-[10px_minmax(0,1fr)] items-baseline gap-x-2 gap-y-0.5 px-4 py-2.5 text-[13px] hover:bg-accent/4 md:grid-cols-[10px_minmax(0,5fr)_minmax(0,4fr)_minmax(0,3fr)_minmax(0,2fr)] md:gap-x-4 [&::-webkit-details-marker]:hidden";

function LastSeen({ at }: { at: number }) {
  return (
    <>
      seen <Time at={at} show="relative" />
    </>
  );
}

function Facts({ person: { teams, sessions, disabledAt } }: { person: PersonView }) {
  const origins = teams.map(({ team, origin }) =>
    origin === "groups" ? `${team} (through a group)` : team,
  );
  return (
    <p className="text-ink-2 [overflow-wrap:anywhere]">
      {disabledAt !== null && (
        <>
          Disabled since <Time at={disabledAt} show="both" />.{" "}
        </>
      )}
      {teams.length > 0 && <>Editor of: {origins.join(", ")}. </>}
      Now {sessionWords(sessions)}.
    </p>
  );
}

import Link from "next/link";
import type { FieldChange } from "#app/_data/settings/audit/changes.ts";
import { addressOf, type Field } from "#app/_data/settings/audit/filter.ts";
import type { AuditEntryView } from "#app/_data/settings/audit/read.ts";
import { Empty } from "#components/ui/empty.tsx";

interface AuditEntriesProps {
  readonly entries: readonly AuditEntryView[];
  readonly isFiltered: boolean;
}

/** The log as a list: a line of who, what and when, then what it changed. */
export function AuditEntries({ entries, isFiltered }: AuditEntriesProps) {
  if (entries.length === 0) {
    return isFiltered ? (
      <Empty title="Nothing matches">
        Take something out of the filter. An action is written as it begins, a team whole.
      </Empty>
    ) : (
      <Empty title="Nothing has been done yet">
        Sign-ins and every change of people, teams, tokens and secrets will be listed here.
      </Empty>
    );
  }
  return (
    <ol>
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </ol>
  );
}

function Entry({ entry }: { entry: AuditEntryView }) {
  const { at, actor, actorKind, action, subject, team, address, changes } = entry;
  return (
    <li className="grid gap-x-5 gap-y-0.5 border-t border-line px-4 py-2.5 text-[13px] md:grid-cols-[11rem_minmax(0,1fr)]">
      <time dateTime={new Date(at).toISOString()} className="font-mono text-[12.5px] text-ink-2">
        {new Date(at).toISOString().slice(0, 19).replace("T", " ")}
      </time>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p>
          <Only field="who" text={actor} />
          {actorKind === "token" && <span className="text-ink-3"> (token)</span>}{" "}
          <Only field="action" text={action} /> <Only field="subject" text={subject} />
        </p>
        {changes.length > 0 && <Changes changes={changes} />}
        <p className="text-small text-ink-3">
          {team && (
            <>
              team <Only field="team" text={team} />
              {address && ", "}
            </>
          )}
          {address && `from ${address}`}
        </p>
      </div>
    </li>
  );
}

/** A word of the log that, pressed, filters the log by itself. */
function Only({ field, text }: { field: Field; text: string }) {
  const look = field === "action" ? "font-mono text-[12.5px] text-ink-2" : "";
  return (
    <Link
      href={`/settings/audit?${addressOf({ [field]: text })}`}
      prefetch={false}
      className={`prose-link inline-block max-w-full leading-[24px] ${look}`}
    >
      {text}
    </Link>
  );
}

function Changes({ changes }: { changes: readonly FieldChange[] }) {
  return (
    <dl className="flex flex-wrap gap-x-4 text-ink-2">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="min-w-0">
          <dt className="inline text-ink-3">{field}: </dt>
          <dd className="inline">
            {before !== undefined && <del className="decoration-ink-3">{before}</del>}
            {before !== undefined && after !== undefined && <span aria-hidden="true"> → </span>}
            {after !== undefined && <ins className="text-ink no-underline">{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

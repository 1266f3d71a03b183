import Link from "next/link";
import { OutsideLink } from "#components/dora/outside-link.tsx";
import { StageBar } from "#components/dora/stage-bar.tsx";
import type { ChangeView, CommitView } from "#components/dora/view.ts";
import { deploymentPath } from "#components/layout/paths.ts";
import { Time } from "#components/ui/time.tsx";
import { count, span } from "#lib/format/numbers.ts";

/** Changes with their lead times, each with its stages and, one step further, its commits. */
export function ChangeList({ changes }: { changes: readonly ChangeView[] }) {
  return (
    <ol>
      {changes.map((change) => (
        <li key={`${change.deploymentId} ${change.id}`} className="border-t border-line px-4 py-3">
          <ChangeItem change={change} />
        </li>
      ))}
    </ol>
  );
}

function ChangeItem({ change }: { change: ChangeView }) {
  const { leadTimeMs, stages, service, author, deploymentId, deployedAt, commits } = change;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <p className="min-w-0 text-[13px] [overflow-wrap:anywhere]">
          <ChangeTitle change={change} />
        </p>
        <p className="text-[13px] font-[560] tabular-nums">{span(leadTimeMs)}</p>
      </div>
      <p className="mb-1.5 text-small text-ink-3">
        {author ? `${author}, ` : ""}
        {service}, in production{" "}
        <Link href={deploymentPath(deploymentId)} prefetch={false} className="prose-link">
          <Time at={deployedAt} />
        </Link>
      </p>
      <StageBar lengthOf={(stage) => stages[stage]} />
      <Commits commits={commits} />
    </>
  );
}

export function ChangeTitle({ change }: { change: Pick<ChangeView, "number" | "title" | "url"> }) {
  const { number, title, url } = change;
  return (
    <>
      <OutsideLink url={url}>{title}</OutsideLink>
      {number !== null && <span className="text-ink-3"> #{number}</span>}
    </>
  );
}

/** The commits of a change, oldest first: the clock started with the first. */
export function Commits({ commits }: { commits: readonly CommitView[] }) {
  if (commits.length === 0) return null;
  return (
    <details className="mt-1.5 text-small">
      <summary className="w-fit cursor-pointer text-ink-2 hover:text-ink">
        {commits.length === 1 ? "1 commit" : `${count(commits.length)} commits`}
      </summary>
      <ul className="mt-1 space-y-0.5 pl-4 text-ink-2">
        {commits.map(({ sha, authoredAt, url }) => (
          <li key={sha}>
            <OutsideLink url={url}>
              <code>{sha.slice(0, 10)}</code>
            </OutsideLink>{" "}
            authored <Time at={authoredAt} />
          </li>
        ))}
      </ul>
    </details>
  );
}

import Link from "next/link";
import { DeploymentTable } from "#components/deployments/deployment-table.tsx";
import type { DeploymentLine } from "#components/deployments/view.ts";
import { ChangeTitle } from "#components/dora/change-list.tsx";
import { deploymentsPath, doraPath } from "#components/layout/paths.ts";
import { Section } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Change } from "#lib/dora/facts.ts";
import { count } from "#lib/format/numbers.ts";

export type WaitingChange = Pick<Change, "id" | "number" | "title" | "url" | "author" | "mergedAt">;

interface ServiceDeliveryProps {
  readonly service: string;
  readonly lines: readonly DeploymentLine[];
  /** Oldest first; null = it was never deployed, so nothing can be said. */
  readonly waiting: readonly WaitingChange[] | null;
  readonly waitingTotal: number;
}

/** What a service shipped last, and what waits to be shipped. */
export function ServiceDelivery(props: ServiceDeliveryProps) {
  const { service, lines } = props;
  return (
    <div className="mt-4 space-y-4">
      <Section
        title="Recent deployments"
        aside={
          <span className="flex gap-4 text-[13px]">
            <Link href={deploymentsPath({ service })} className="prose-link">
              All of it
            </Link>
            <Link href={doraPath({ service })} className="prose-link">
              Delivery metrics
            </Link>
          </span>
        }
      >
        {lines.length === 0 ? (
          <p className="px-4 pb-4 text-[13px] text-ink-2">
            No deployment of this service is known.
          </p>
        ) : (
          <DeploymentTable lines={lines} caption={`Recent deployments of ${service}`} />
        )}
      </Section>
      <Waiting {...props} />
    </div>
  );
}

function Waiting({ waiting, waitingTotal }: ServiceDeliveryProps) {
  if (waiting === null) return null;
  const hidden = waitingTotal - waiting.length;
  return (
    <Section title={waitingTitle(waitingTotal)}>
      <p className="px-4 pb-3 text-small text-ink-2">
        {waitingTotal === 0
          ? "Everything that was merged in its repository has been shipped."
          : "Merged in its repository since the last deployment to production was begun, oldest first."}
      </p>
      <ul className="text-[13px]">
        {waiting.map((change) => (
          <li
            key={change.id}
            className="flex flex-wrap justify-between gap-x-4 border-t border-line px-4 py-2"
          >
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <ChangeTitle change={change} />
              {change.author && <span className="text-ink-3"> by {change.author}</span>}
            </span>
            <span className="text-ink-2">
              merged <Time at={change.mergedAt} show="relative" />
            </span>
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <p className="border-t border-line px-4 py-2 text-small text-ink-3">
          and {count(hidden)} more
        </p>
      )}
    </Section>
  );
}

function waitingTitle(n: number): string {
  if (n === 0) return "No change waits to ship";
  return n === 1 ? "1 change waits to ship" : `${count(n)} changes wait to ship`;
}

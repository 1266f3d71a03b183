import type { ReactNode } from "react";
import { STATE_INK, StateShape } from "#components/slo/state-mark.tsx";
import { BackfillBar } from "#components/sources/backfill-bar.tsx";
import { deliveryAdvice, deliveryMark, quotaWords } from "#components/sources/delivery-words.ts";
import { RepositoriesTable } from "#components/sources/repositories-table.tsx";
import type { DeliverySourceView, QuotaView } from "#components/sources/view.ts";
import { Card } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";
import { count } from "#lib/format/numbers.ts";

/** A source of deployments or incidents: how it answers, how far back it is known, and what is missing. */
export function DeliveryCard({ source }: { source: DeliverySourceView }) {
  const { backfill, repositories, failures } = source;
  return (
    <Card>
      <section aria-label={`Source ${source.name}`}>
        <Head source={source} />
        <Trouble source={source} />
        <Facts source={source} />
        {backfill && (
          <BackfillBar backfill={backfill} note="Delivery numbers reach as far back as this." />
        )}
        {repositories.length + failures.length > 0 && (
          <RepositoriesTable repositories={repositories} failures={failures} />
        )}
      </section>
    </Card>
  );
}

function Head({ source }: { source: DeliverySourceView }) {
  const { mark, word } = deliveryMark(source);
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 pt-3.5 pb-3">
      <h2 className="text-[15px]">{source.name}</h2>
      <span className={`inline-flex items-center gap-[7px] font-[540] ${STATE_INK[mark]}`}>
        <StateShape state={mark} />
        {word}
      </span>
      {source.address && (
        <span className="min-w-0 font-mono text-small text-ink-3 sm:ml-auto [overflow-wrap:anywhere]">
          {source.address}
        </span>
      )}
    </div>
  );
}

function Trouble({ source }: { source: DeliverySourceView }) {
  const advice = deliveryAdvice(source);
  if (!source.error && !advice) return null;
  return (
    <div className="mx-4 mb-3 space-y-1 border-l-3 border-out-fill bg-out-fill/8 px-3 py-2 text-[13px]">
      {source.error && (
        <p className="font-[560] [overflow-wrap:anywhere]">
          {source.error}
          {source.errorSince !== null && (
            <span className="font-normal text-ink-2">
              {" "}
              since <Time at={source.errorSince} show="both" />
            </span>
          )}
        </p>
      )}
      {advice && <p className="text-ink-2">{advice}</p>}
    </div>
  );
}

function Facts({ source }: { source: DeliverySourceView }) {
  const { lastSuccessAt, repositories, quota } = source;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 border-t border-line px-4 py-3 lg:grid-cols-3">
      <Fact name="Last answer">
        {lastSuccessAt === null ? "none yet" : <Time at={lastSuccessAt} show="relative" />}
      </Fact>
      {repositories.length > 0 && <Fact name="Repositories">{count(repositories.length)}</Fact>}
      {quota && <Quota quota={quota} />}
    </dl>
  );
}

function Quota({ quota }: { quota: QuotaView }) {
  const { left, last } = quotaWords(quota);
  const note = (
    <>
      {last}
      {quota.resetAt !== null && (
        <>
          ; whole again <Time at={quota.resetAt} show="clock" />
        </>
      )}
    </>
  );
  return (
    <Fact name="Quota" note={note}>
      {left}
    </Fact>
  );
}

function Fact({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-ink-3">{name}</dt>
      <dd className="font-[560]">{children}</dd>
      {note && <dd className="text-small text-ink-3">{note}</dd>}
    </div>
  );
}

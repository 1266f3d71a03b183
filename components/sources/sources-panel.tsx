import { Start } from "#components/fleet/start.tsx";
import { DeliveryCard } from "#components/sources/delivery-card.tsx";
import { Documents } from "#components/sources/documents.tsx";
import { SelfCheck } from "#components/sources/self-check.tsx";
import { SourceCard } from "#components/sources/source-card.tsx";
import type { SourcesView } from "#components/sources/view.ts";
import { trustSentence } from "#components/sources/words.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Time } from "#components/ui/time.tsx";

interface SourcesPanelProps {
  readonly view: SourcesView;
  /** Why the page could not be refreshed; null when it could. */
  readonly problem: string | null;
}

/** Can the numbers be trusted: the upstreams, our own check, and the documents that say what to count. */
export function SourcesPanel({ view, problem }: SourcesPanelProps) {
  const { sources, deliveries, documents, globs, readAt } = view;
  const upstreams = sources.filter(({ kind }) => kind === "prometheus");
  const check = sources.find(({ kind }) => kind === "synthetic");
  return (
    <div className="space-y-5">
      <header>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h1>Sources</h1>
          <p className="text-small text-ink-3">
            as of <Time at={readAt} show="clock" />
          </p>
        </div>
        <p className="mt-1 max-w-[80ch] text-ink-2">{trustSentence(view, readAt)}</p>
      </header>
      {problem && <Banner tone="bad">This page could not be refreshed: {problem}</Banner>}
      {upstreams.length === 0 && <Start missing={{ what: "source", globs }} />}
      {upstreams.map((source) => (
        <SourceCard key={source.name} source={source} now={readAt} />
      ))}
      {deliveries.map((source) => (
        <DeliveryCard key={source.name} source={source} />
      ))}
      {check && <SelfCheck check={check} />}
      {documents.length > 0 && <Documents documents={documents} />}
      {documents.length === 0 && upstreams.length > 0 && (
        <Start missing={{ what: "document", globs }} />
      )}
    </div>
  );
}

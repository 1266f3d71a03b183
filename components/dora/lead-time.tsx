import Link from "next/link";
import { ChangeList } from "#components/dora/change-list.tsx";
import { Distribution } from "#components/dora/distribution.tsx";
import { StagesTable } from "#components/dora/stages-table.tsx";
import type { DoraView } from "#components/dora/view.ts";
import { whyWords } from "#components/dora/why.ts";
import { windowWords } from "#components/dora/window-words.ts";
import { absenceWords } from "#components/dora/words.ts";
import { doraPath } from "#components/layout/paths.ts";
import { Card, Section } from "#components/ui/card.tsx";

/** Why is lead time what it is? From the sentence to the stages, the slowest changes and their commits. */
export function LeadTime({ view }: { view: DoraView }) {
  const { leadTime, metrics, windowBefore, address } = view;
  const metric = metrics.find(({ name }) => name === "leadTime");
  if (!metric) return null;
  const none = absenceWords(metric.now);
  return (
    <div className="space-y-4">
      <Section title="Why is lead time what it is?">
        <p className="max-w-[90ch] px-4 pb-3">{none ?? whyWords(leadTime.change)}</p>
        <StagesTable now={metric.now} before={metric.before} />
        {!none && (
          <p className="border-t border-line px-4 py-2.5 text-small text-ink-3">
            Before is {windowWords(windowBefore)}. The stages of each change sum exactly to its lead
            time, so their means sum to the mean; medians do not.
          </p>
        )}
      </Section>
      {leadTime.slowest.length > 0 && (
        <>
          <Card className="px-4 py-3.5">
            <Distribution bars={leadTime.bars} />
          </Card>
          <Section
            title="The slowest changes"
            aside={
              <Link
                href={`${doraPath({ ...address, rows: "leadTime" })}#rows`}
                prefetch={false}
                className="prose-link text-[13px]"
              >
                All changes
              </Link>
            }
          >
            <ChangeList changes={leadTime.slowest} />
          </Section>
        </>
      )}
    </div>
  );
}

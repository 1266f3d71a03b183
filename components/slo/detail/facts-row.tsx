import { ExplainTrigger } from "#components/slo/detail/explain-trigger.tsx";
import { type Fact, type FactNote, factsOf } from "#components/slo/detail/facts.ts";
import type { SloHead } from "#components/slo/detail/view.ts";
import { Card } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";

/** The numbers of an SLO side by side, each with its window and each ready to explain itself. */
export function FactsRow({ head }: { head: SloHead }) {
  const facts = factsOf(head);
  if (facts.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <dl className="-mr-px -mb-px grid grid-cols-2 sm:grid-cols-3 xl:grid-cols-6">
        {facts.map((fact) => (
          <FactCell key={fact.name} fact={fact} />
        ))}
      </dl>
    </Card>
  );
}

function FactCell({ fact }: { fact: Fact }) {
  const { name, value, note, explain } = fact;
  const shown = typeof value === "string" ? value : <Time at={value.time} />;
  return (
    <div className="min-w-0 border-r border-b border-line px-4 py-3">
      <dt className="text-small text-ink-3">{name}</dt>
      <dd>
        <span
          className={`block text-[20px] leading-tight font-semibold tracking-[-0.02em] tabular-nums ${fact.alarming ? "text-out" : fact.old ? "text-ink-3" : ""}`}
        >
          {explain ? (
            <ExplainTrigger id={explain} name={name}>
              {shown}
            </ExplainTrigger>
          ) : (
            shown
          )}
        </span>
        <span className="mt-0.5 block text-small text-ink-3 tabular-nums">
          <Note note={note} />
        </span>
      </dd>
    </div>
  );
}

function Note({ note }: { note: FactNote }) {
  if ("time" in note) {
    return (
      <>
        {note.text}
        <Time at={note.time} />
      </>
    );
  }
  return "age" in note ? <Time at={note.age} show="relative" /> : note.text || "\u00a0";
}

import { Time } from "#components/ui/time.tsx";
import { count, span } from "#lib/format/numbers.ts";
import type { Firing, Side, TierTally } from "#lib/whatif/side.ts";

interface Line extends Firing {
  readonly tier: TierTally;
}

const SHOWN = 12;

/** The alerts that a definition would have raised, newest first. */
export function AlertList({ side, until }: { side: Side; until: number }) {
  const lines = side.tiers
    .flatMap((tier) => tier.firings.map((firing): Line => ({ ...firing, tier })))
    .sort((a, b) => b.startedAt - a.startedAt);
  const all = side.tiers.reduce((sum, tier) => sum + tier.count, 0);
  if (lines.length === 0) return <p className="text-[13px] text-ink-3">None would have fired.</p>;
  return (
    <>
      <ul className="grid gap-2 text-[13px] tabular-nums">
        {lines.slice(0, SHOWN).map((line) => (
          <AlertLine key={`${line.tier.tier} ${line.startedAt}`} line={line} until={until} />
        ))}
      </ul>
      {all > SHOWN && (
        <p className="mt-2 text-small text-ink-3">
          and {count(all - Math.min(SHOWN, lines.length))} earlier ones
        </p>
      )}
    </>
  );
}

function AlertLine({ line, until }: { line: Line; until: number }) {
  const { tier, startedAt, endedAt } = line;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4">
      <span className={tier.severity === "page" ? "font-medium text-out" : "text-risk"}>
        {tier.tier}
      </span>
      <span className="text-ink-2">
        <Time at={startedAt} />
        {" to "}
        {endedAt === null ? "now" : <Time at={endedAt} />}
        <span className="text-ink-3">, {span((endedAt ?? until) - startedAt)}</span>
      </span>
    </li>
  );
}

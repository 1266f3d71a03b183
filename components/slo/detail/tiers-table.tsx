import { ExplainTrigger } from "#components/slo/detail/explain-trigger.tsx";
import type { TierView } from "#components/slo/detail/view.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Time } from "#components/ui/time.tsx";
import { percent, times } from "#lib/format/numbers.ts";

/** The alert tiers, worst first: what each needs, what its windows read now and what it does. */
export function TiersTable({ tiers }: { tiers: readonly TierView[] }) {
  if (tiers.length === 0)
    return <p className="text-[13px] text-ink-3">Known after the first evaluation.</p>;
  return (
    <ScrollRegion label="Burn-rate alert tiers">
      <table className="w-full border-collapse text-[13px] tabular-nums">
        <caption className="sr-only">Burn-rate alert tiers, worst first</caption>
        <thead>
          <tr className="text-left text-[12px] text-ink-3">
            <th scope="col" className="py-1.5 pr-3 font-medium">
              Tier
            </th>
            <th scope="col" className="px-2 py-1.5 text-right font-medium">
              Fires above
            </th>
            <th scope="col" className="px-2 py-1.5 text-right font-medium">
              Long
            </th>
            <th scope="col" className="px-2 py-1.5 text-right font-medium">
              Short
            </th>
            <th scope="col" className="py-1.5 pl-2 font-medium">
              State
            </th>
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier) => (
            <TierRow key={tier.tier} tier={tier} />
          ))}
        </tbody>
      </table>
      <TierNotes tiers={tiers} />
    </ScrollRegion>
  );
}

function TierRow({ tier }: { tier: TierView }) {
  const { factor, budgetShare, long } = tier;
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-3 text-left font-normal whitespace-nowrap">
        {tier.tier}
      </th>
      <td
        className="px-2 py-1.5 text-right"
        title={`${percent(budgetShare)} of the budget in ${long}`}
      >
        {times(factor)}
      </td>
      <BurnCell burn={tier.longBurn} window={tier.long} factor={factor} />
      <BurnCell burn={tier.shortBurn} window={tier.short} factor={factor} />
      <td className="py-1.5 pl-2">
        <TierState tier={tier} />
      </td>
    </tr>
  );
}

function BurnCell({
  burn,
  window,
  factor,
}: {
  burn: number | null;
  window: string;
  factor: number;
}) {
  const above = burn !== null && burn > factor;
  return (
    <td
      className={`px-2 py-1.5 text-right whitespace-nowrap ${above ? "font-semibold text-out" : ""}`}
    >
      <ExplainTrigger id={`burn-${window}`} name={`burn rate over ${window}`}>
        {burn === null ? "not known" : times(burn)}
      </ExplainTrigger>
      <span className="ml-1.5 inline-block w-7 text-left text-[11.5px] text-ink-3">{window}</span>
    </td>
  );
}

function TierState({ tier }: { tier: TierView }) {
  if (tier.state === "firing") {
    return (
      <span className="font-medium text-out">
        firing{" "}
        {tier.since && (
          <span className="font-normal text-ink-3">
            since <Time at={Date.parse(tier.since)} />
          </span>
        )}
      </span>
    );
  }
  const word = { held: "held", never: "never", quiet: "quiet" }[tier.state];
  return <span className="text-ink-3">{tier.off ? `${word}, switched off` : word}</span>;
}

const HELD = "Held: data is missing in one of its windows, so it neither fires nor clears.";

/** Why a tier is as it is, in the calculation's own words; tiers of the same reason together. */
function TierNotes({ tiers }: { tiers: readonly TierView[] }) {
  const noted = tiers.flatMap((tier) => {
    const note = tier.note ?? (tier.state === "held" ? HELD : null);
    return note === null ? [] : [{ tier: tier.tier, note }];
  });
  if (noted.length === 0) return null;
  return (
    <ul className="mt-2 space-y-1 border-t border-line pt-2 text-small text-ink-3">
      {[...Map.groupBy(noted, ({ note }) => note)].map(([note, of]) => (
        <li key={note}>
          <span className="text-ink-2">{of.map(({ tier }) => tier).join(", ")}</span>: {note}
        </li>
      ))}
    </ul>
  );
}

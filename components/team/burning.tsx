import Link from "next/link";
import { sloPath } from "#components/layout/paths.ts";
import { Section } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";
import type { FleetRow } from "#lib/fleet/row.ts";
import { times } from "#lib/format/numbers.ts";

/** Burn-rate alerts that are on: how fast, since when, and when the budget is gone at this pace. */
export function Burning({ rows }: { rows: readonly FleetRow[] }) {
  return (
    <Section title="Burning now">
      <ul>
        {rows.map((row) => (
          <BurningSlo key={`${row.service}/${row.slo}`} row={row} />
        ))}
      </ul>
    </Section>
  );
}

function BurningSlo({ row }: { row: FleetRow }) {
  const { service, slo, alert, burn, exhaustsAt } = row;
  if (!alert) return null;
  const isPage = alert.severity === "page";
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t border-line px-4 py-2.5 text-[13px]">
      <span className={`w-20 font-[560] ${isPage ? "text-out" : "text-risk"}`}>
        {isPage ? "Page" : "Ticket"}
      </span>
      <Link href={sloPath({ service, slo })} className="prose-link">
        <span className="text-ink-3">{service}</span> {slo}
      </Link>
      <span className="text-ink-2">
        {alert.tier} since <Time at={alert.since} show="both" />
      </span>
      <span className="tabular-nums md:ml-auto">
        burn {burnWords(burn["1h"])} in 1 h, {burnWords(burn["6h"])} in 6 h
        {exhaustsAt !== null && (
          <>
            ; runs out <Time at={exhaustsAt} show="relative" />
          </>
        )}
      </span>
    </li>
  );
}

function burnWords(burn: number | null): string {
  return burn === null ? "unknown" : times(burn);
}

import Link from "next/link";
import { sloPath } from "#components/layout/paths.ts";
import { More } from "#components/sources/more.tsx";
import type { RefusalView } from "#components/sources/view.ts";
import { count } from "#lib/format/numbers.ts";

/** SLOs whose queries the server refuses, with its own words. */
export function Refusals({
  refusals,
  refused,
}: {
  refusals: readonly RefusalView[];
  refused: number;
}) {
  if (refusals.length === 0) return null;
  const title = refused === 1 ? "1 query is refused" : `${count(refused)} queries are refused`;
  return (
    <More title={title} open>
      <ul className="space-y-2 px-4 pb-3 text-[13px]">
        {refusals.map(({ service, slo, error }) => (
          <li key={`${service}/${slo}`}>
            <Link href={sloPath({ service, slo })} className="prose-link font-[540]">
              {service} {slo}
            </Link>
            <p className="font-mono text-small text-ink-2 [overflow-wrap:anywhere]">{error}</p>
          </li>
        ))}
      </ul>
    </More>
  );
}

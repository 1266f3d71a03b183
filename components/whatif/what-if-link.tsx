import { SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { whatIfPath } from "#components/layout/paths.ts";

/** To the page that tries another objective, window or policy on an SLO's history. */
export function WhatIfLink({ slo }: { slo: { readonly service: string; readonly slo: string } }) {
  return (
    <Link
      href={whatIfPath(slo)}
      className="no-print inline-flex items-center gap-1.5 rounded-[7px] border border-line-2 bg-surface px-2.5 py-1 text-[13px] text-ink-2 hover:border-ink-3 hover:text-ink"
    >
      <SlidersHorizontal size={14} aria-hidden="true" />
      What if
    </Link>
  );
}

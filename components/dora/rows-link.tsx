import Link from "next/link";
import type { ReactNode } from "react";
import { METRIC_WORD } from "#components/dora/words.ts";
import { type DoraAddress, doraPath } from "#components/layout/paths.ts";
import type { MetricName } from "#lib/dora/report.ts";

interface RowsLinkProps {
  readonly address: DoraAddress;
  readonly name: MetricName;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A number that opens the rows behind it. */
export function RowsLink({ address, name, children, className = "" }: RowsLinkProps) {
  return (
    <Link
      href={`${doraPath({ ...address, rows: name })}#rows`}
      prefetch={false}
      className={`prose-link tabular-nums ${className}`}
    >
      {children}
      <span className="sr-only">: rows of {METRIC_WORD[name].toLowerCase()}</span>
    </Link>
  );
}

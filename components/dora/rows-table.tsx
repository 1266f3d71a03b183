import Link from "next/link";
import type { ReactNode } from "react";
import { OutsideLink } from "#components/dora/outside-link.tsx";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import type { RowsView } from "#components/dora/view.ts";
import { METRIC_WORD } from "#components/dora/words.ts";
import { deploymentPath } from "#components/layout/paths.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Row } from "#lib/dora/csv.ts";
import { span } from "#lib/format/numbers.ts";

/** Rows as the CSV has them, newest first. */
export function RowsTable({ rows: { metric, columns, rows } }: { rows: RowsView }) {
  const shown = shownOf(columns);
  return (
    <ScrollRegion
      label={`Rows of ${METRIC_WORD[metric].toLowerCase()}`}
      className="relative max-h-[440px] overflow-auto"
    >
      <table className="w-full border-collapse text-small">
        <caption className="sr-only">Rows of {METRIC_WORD[metric].toLowerCase()}</caption>
        <thead>
          <tr>
            {shown.map((column) => (
              <Head key={column} left={!isFigure(column)}>
                {nameOf(column)}
              </Head>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.service} ${row.id}`} className="border-t border-line">
              {shown.map((column) => (
                <Cell key={column} left={!isFigure(column)}>
                  {cellOf(column, row)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** A change is known by its title, and its id is for programs: it comes last. */
function shownOf(columns: readonly string[]): string[] {
  const shown = columns.filter((column) => column !== "url");
  return columns.includes("title") ? [...shown.filter((c) => c !== "id"), "id"] : shown;
}

function isFigure(column: string): boolean {
  return column.endsWith("_ms");
}

/** "lead time" for `lead_time_ms`. */
function nameOf(column: string): string {
  return column.replace(/_ms$/, "").replaceAll("_", " ");
}

/** Ids and long texts are cut on the page; the CSV has them whole. */
const LONGEST = 40;

function cellOf(column: string, row: Row): ReactNode {
  const value = row[column];
  if (value === null || value === undefined) return <span className="text-ink-3">–</span>;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return isFigure(column) ? span(value) : String(value);
  if (column.endsWith("_at")) return <Time at={Date.parse(value)} />;
  return linked({ column, value, row });
}

function linked({ column, value, row }: { column: string; value: string; row: Row }): ReactNode {
  const text = value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value;
  const isDeployment = column === "deployment_id" || (column === "id" && !("title" in row));
  if (isDeployment) return <PageLink href={deploymentPath(value)}>{text}</PageLink>;
  if (column === "title") {
    const url = row.url;
    return <OutsideLink url={typeof url === "string" ? url : null}>{text}</OutsideLink>;
  }
  if (column === "sha" || column === "id" || column === "previous_id") {
    return <code title={value}>{column === "sha" ? value.slice(0, 10) : text}</code>;
  }
  return text;
}

function PageLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="prose-link">
      {children}
    </Link>
  );
}

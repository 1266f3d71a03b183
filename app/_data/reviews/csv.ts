import type { ReviewAction, ReviewNumbers, ReviewView } from "#components/reviews/view.ts";
import { monthBefore } from "#components/reviews/words.ts";
import { type Cell, csvOf, type Row } from "#lib/dora/csv.ts";

const COLUMNS = ["section", "subject", "measure", "value", "before", "unit", "n", "at"] as const;
type Measured = Partial<Record<(typeof COLUMNS)[number], Cell>>;

/**
 * A review as CSV, a line for each number as it was computed: durations in ms, shares as ratios, times
 * in ISO 8601 UTC. `before` is the month before, or what an SLO stood at when the month began.
 */
export function reviewCsv({ numbers, published, actions }: ReviewView): string {
  const rows: Measured[] = [
    ...headRows(numbers, published),
    ...metricRows(numbers),
    ...sloRows(numbers),
    ...spenderRows(numbers),
    ...eventRows(numbers),
    ...actions.map(actionRow),
  ];
  return csvOf(COLUMNS, rows.map(whole));
}

function whole(row: Measured): Row {
  return Object.fromEntries(COLUMNS.map((column) => [column, row[column] ?? null]));
}

function headRows(numbers: ReviewNumbers, published: ReviewView["published"]): Measured[] {
  const { month, team, zone, from, to, readAt } = numbers;
  const subject = team === "" ? "all" : team;
  const line = (measure: string, value: Cell, at: Cell = null): Measured => ({
    ...{ section: "review", subject, measure, value, at },
  });
  return [
    line("month", month),
    line("month_before", monthBefore(month)),
    line("zone", zone),
    line("from", iso(from)),
    line("to", iso(to)),
    line("computed_at", iso(readAt)),
    line("state", published ? "published" : "draft", published && iso(published.at)),
    line("hash", published?.hash ?? null),
  ];
}

function metricRows({ metrics }: ReviewNumbers): Measured[] {
  return metrics.flatMap(({ name, now, before }) => {
    const of = { section: "delivery", subject: name, n: now.n };
    const rows: Measured[] = [
      { ...of, measure: "value", value: now.value, before: before.value, unit: now.unit },
    ];
    if (now.perDay !== undefined) {
      const rate = { value: now.perDay, before: before.perDay ?? null, unit: "per day" };
      rows.push({ ...of, measure: "per_day", ...rate });
    }
    return rows;
  });
}

function sloRows({ slos }: ReviewNumbers): Measured[] {
  return slos.flatMap(({ service, slo, objective, sli, consumed, consumedBefore, coverage }) => {
    const of = { section: "slo", subject: `${service}/${slo}`, unit: "ratio" };
    return [
      { ...of, measure: "objective", value: objective },
      { ...of, measure: "attained", value: sli },
      { ...of, measure: "budget_spent", value: consumed, before: consumedBefore },
      { ...of, measure: "coverage", value: coverage },
    ];
  });
}

function spenderRows({ spenders }: ReviewNumbers): Measured[] {
  return spenders.map(({ kind, id, service, slo, share, at }) => ({
    ...{ section: "spender", subject: `${kind} ${id}`, measure: `${service}/${slo}` },
    ...{ value: share, unit: "ratio", at: iso(at) },
  }));
}

function eventRows({ transitions, incidents }: ReviewNumbers): Measured[] {
  return [
    ...transitions.map(({ service, slo, from, to, at }) => ({
      ...{ section: "policy", subject: `${service}/${slo}`, measure: "state" },
      ...{ value: to, before: from, at: iso(at) },
    })),
    ...incidents.map(({ id, severity, startedAt, resolvedAt }) => ({
      ...{ section: "incident", subject: id, measure: severity, at: iso(startedAt) },
      ...{ value: resolvedAt === null ? null : resolvedAt - startedAt, unit: "ms" },
    })),
  ];
}

function actionRow({ id, text, owner, due, doneAt }: ReviewAction): Measured {
  const state = doneAt === null ? "open" : "done";
  const words = [text, owner && `owner ${owner}`, due && `due ${due}`].filter(Boolean).join("; ");
  const at = doneAt === null ? null : iso(doneAt);
  return { section: "action", subject: id, measure: state, value: words, at };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

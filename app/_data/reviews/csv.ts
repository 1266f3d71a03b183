import type {
  ReviewAction,
  ReviewNumbers,
  ReviewOwed,
  ReviewView,
} from "#components/reviews/view.ts";
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
    ...missingRows(numbers),
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
  const { month, team, zone, from, to, readAt, sloEdges, gaps, despiteGaps } = numbers;
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
    line("slos_from", iso(sloEdges.from)),
    line("slos_to", iso(sloEdges.to)),
    line("computed_at", iso(readAt)),
    line("known", gaps.length === 0 ? "all" : "in part"),
    line("state", published ? "published" : "draft", published && iso(published.at)),
    line("published_all_the_same", published && despiteGaps),
    line("hash", published?.hash ?? null),
  ];
}

/** Since and up to when what is not wholly known is. */
function missingRows({ gaps }: ReviewNumbers): Measured[] {
  return gaps.flatMap(({ service: subject, kind, state, since, through }): Measured[] => {
    const of = { section: "missing", subject };
    if (state === "unread") return [{ ...of, measure: kind, value: "not read" }];
    return [
      ...(since === null ? [] : [{ ...of, measure: `${kind}_known_from`, at: iso(since) }]),
      ...(through === null ? [] : [{ ...of, measure: `${kind}_known_up_to`, at: iso(through) }]),
    ];
  });
}

function metricRows({ metrics }: ReviewNumbers): Measured[] {
  return metrics.flatMap(({ name, now, before }) => {
    const of = { section: "delivery", subject: name, n: now.n };
    const rows: Measured[] = [
      { ...of, measure: "value", value: now.value, before: before.value, unit: now.unit },
    ];
    if (now.flags.length > 0) rows.push({ ...of, measure: "flags", value: now.flags.join(" ") });
    if (now.known) {
      rows.push({ ...of, measure: "known_from", at: iso(now.known.from) });
      rows.push({ ...of, measure: "known_up_to", at: iso(now.known.to) });
    }
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

function eventRows({ decisions, incidents }: ReviewNumbers): Measured[] {
  return [
    ...decisions.transitions.map(({ service, slo, from, to, at }) => ({
      ...{ section: "policy", subject: `${service}/${slo}`, measure: "state" },
      ...{ value: to, before: from, at: iso(at) },
    })),
    ...decisions.exceptions.map(({ id, turn, need, at }) => ({
      ...{ section: "exception", subject: `exception ${id}`, measure: turn },
      ...{ value: need, at: iso(at) },
    })),
    ...decisions.owed.flatMap(owedRows),
    ...decisions.gate.map(({ service, decision, proceed, n }) => ({
      ...{ section: "gate", subject: service, value: n },
      measure: proceed ? decision : `${decision}, held up`,
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

function owedRows({ kind, service, slo, share, opened, done }: ReviewOwed): Measured[] {
  const of = { section: "owed", subject: `${service}/${slo}` };
  return [
    ...(opened === null
      ? []
      : [{ ...of, measure: `${kind} owed`, value: share, unit: "ratio", at: iso(opened) }]),
    ...(done === null ? [] : [{ ...of, measure: `${kind} done`, at: iso(done) }]),
  ];
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

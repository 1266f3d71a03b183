import type { ListField, Outcome } from "#components/deployments/view.ts";
import { periodSpan } from "#lib/dora/period.ts";

const FIELDS: readonly ListField[] = ["team", "service", "environment", "outcome", "from", "to"];
const OUTCOMES: readonly Outcome[] = ["fine", "failed", "never-reached", "running"];

export interface DeploymentsFilter {
  /** As written, for the form. */
  readonly fields: Readonly<Record<ListField, string>>;
  readonly outcome: Outcome | "rework" | null;
  /** `[from, to)`, epoch ms; null = as far as is known. */
  readonly from: number | null;
  readonly to: number | null;
  readonly mistakes: Readonly<Partial<Record<ListField, string>>>;
}

/** The filter that an address asks for. Days are those of UTC, both included. */
export function askedDeployments(address: URLSearchParams): DeploymentsFilter {
  const of = (name: ListField) => (address.get(name) ?? "").trim().slice(0, 200);
  const fields = {
    ...{ team: of("team"), service: of("service"), environment: of("environment") },
    ...{ outcome: of("outcome"), from: of("from"), to: of("to") },
  };
  const from = dayOf(fields.from);
  const to = dayOf(fields.to);
  return {
    fields,
    outcome: [...OUTCOMES, "rework" as const].find((one) => one === fields.outcome) ?? null,
    from: from?.from ?? null,
    to: to?.to ?? null,
    mistakes: {
      ...(fields.from !== "" && !from ? { from: "Write a day as 2026-11-21." } : {}),
      ...toMistake(fields, { from, to }),
    },
  };
}

type Day = ReturnType<typeof dayOf>;

function dayOf(text: string) {
  const period = { kind: "days", from: text, to: text } as const;
  return periodSpan({ period, zone: "UTC", now: 0 });
}

function toMistake(fields: { readonly to: string }, { from, to }: { from: Day; to: Day }) {
  if (fields.to !== "" && !to) return { to: "Write a day as 2026-11-21." };
  if (from && to && to.from < from.from) return { to: "The last day is before the first." };
  return {};
}

/** The filter as an address, without what is empty. */
export function addressOf(fields: DeploymentsFilter["fields"], after: string | null): string {
  const given = FIELDS.flatMap((name) => (fields[name] === "" ? [] : [[name, fields[name]]]));
  const all = after === null ? given : [...given, ["after", after]];
  return new URLSearchParams(all).toString();
}

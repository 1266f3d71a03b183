import { timeIn } from "#components/dora/time-in.ts";
import type { Gap } from "#lib/dora/gaps.ts";
import { count } from "#lib/format/numbers.ts";

/** So many services are named one by one. */
const NAMED = 3;

/** What is missing of a range, a sentence for each thing that is missing in the same way. */
export function gapWords(gaps: readonly Gap[], zone: string): string[] {
  const alike = Map.groupBy(gaps, (gap) => missingWords(gap, zone));
  return [...alike].map(([words, own]) => {
    const services = servicesWords(own.map(({ service }) => service));
    return `${words.replace("…", () => services)}.`;
  });
}

/** "…" stands for the services. */
function missingWords({ kind, state, since, through }: Gap, zone: string): string {
  const what = kind === "deployments" ? "Deployments" : "Incidents";
  if (state === "unread") return `${what} of … have not been read`;
  const from = since === null ? "" : ` from ${timeIn(since, zone)}`;
  const to = through === null ? "" : ` up to ${timeIn(through, zone)}`;
  return `${what} of … are known${from}${to} only`;
}

/** "cart, search and 3 others". */
export function servicesWords(services: readonly string[]): string {
  const named = services.slice(0, NAMED);
  const others = services.length - named.length;
  if (others > 0) return `${named.join(", ")} and ${count(others)} more`;
  return named.length < 2 ? named.join("") : `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
}

import { SUSPECTED_WORDS } from "#components/dora/costly.tsx";
import { detailText, valueText } from "#components/dora/figures.ts";
import { gapWords } from "#components/dora/gap-words.ts";
import { monthName } from "#components/dora/month-name.ts";
import { timeIn } from "#components/dora/time-in.ts";
import type { MetricView } from "#components/dora/view.ts";
import { absenceWords, flagWords, METRIC_WORD } from "#components/dora/words.ts";
import { deploymentPath, doraPath, incidentPath, sloPath } from "#components/layout/paths.ts";
import { decisionLines, gateSentence } from "#components/reviews/decisionWords.ts";
import type { ReviewAction, ReviewNumbers, ReviewView } from "#components/reviews/view.ts";
import {
  doraAddress,
  edgeWords,
  heldWords,
  monthBefore,
  owesPostmortem,
  SPENDERS_WORDS,
  sliText,
  sloThenPath,
  spentText,
  titleOf,
} from "#components/reviews/words.ts";
import { precisePercent, span } from "#lib/format/numbers.ts";

/** A review as Markdown, its numbers linked to their rows below `url`, where Plimsoll is reached. */
export function reviewMarkdown(view: ReviewView, url: string): string {
  const { numbers, published, actions } = view;
  const parts = [
    `# ${plain(titleOf(numbers))}`,
    headOf(view),
    missingOf(numbers),
    section("Delivery", metricsTable(numbers, url)),
    section("SLOs", slosTable(numbers, url)),
    edgeWords(numbers) ?? "",
    section("Top budget spenders", spendersTable(numbers, url)),
    section("Changes of policy state", transitionsTable(numbers)),
    section("Exceptions, owed items and the gate", decisionsList(numbers, url)),
    section("Incidents", incidentsTable(numbers, url)),
    section("Notes", written(numbers.notes)),
    section("Corrections", written(published?.corrections ?? "")),
    section("Action items", actions.map(actionLine).join("\n")),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function headOf({ numbers, published, isOver }: ReviewView): string {
  const { zone, readAt } = numbers;
  const computed = `Time zone ${zone}; numbers computed ${timeIn(readAt, zone)}.`;
  if (!published) return `Draft${isOver ? "" : " of a month that still lasts"}. ${computed}`;
  const { at, by, hash } = published;
  return `Published ${timeIn(at, zone)} by ${plain(by)}. ${computed} SHA-256 ${hash}.`;
}

/** A reader elsewhere sees no banner: what is missing is said in the text. */
function missingOf({ gaps, despiteGaps, zone }: ReviewNumbers): string {
  if (gaps.length === 0) return "";
  const published = despiteGaps ? "Published although a part of the month was not known. " : "";
  return plain(
    `${published}Not all of this month is known; numbers over it cover the rest alone. ${gapWords(gaps, zone).join(" ")}`,
  );
}

function section(title: string, content: string): string {
  return content.trim() === "" ? "" : `## ${title}\n\n${content}`;
}

function metricsTable(numbers: ReviewNumbers, url: string): string {
  const { month, metrics } = numbers;
  return table(
    ["Metric", monthName(month), monthName(monthBefore(month)), "Detail"],
    metrics.map(({ name, now, before }) => [
      METRIC_WORD[name],
      link(valueText(now), url + doraPath({ ...doraAddress(numbers), rows: name })),
      valueText(before),
      plain(detailOf(name, now, numbers.zone)),
    ]),
  );
}

/** Why there is no number, else what is behind it and what to know before trusting it. */
function detailOf(name: MetricView["name"], now: MetricView["now"], zone: string): string {
  const flags = now.flags.flatMap((flag) => flagWords(flag, { known: now.known, zone }) ?? []);
  return absenceWords(now) ?? [...detailText(name, now), ...flags].join("; ");
}

function slosTable(numbers: ReviewNumbers, url: string): string {
  return table(
    ["SLO", "Objective", "Attained", "Budget spent", "When the month began"],
    numbers.slos.map((slo) => [
      link(`${slo.service}/${slo.slo}`, url + sloThenPath(slo, numbers)),
      `${precisePercent(slo.objective)}, ${slo.windowLabel}`,
      sliText(slo.sli),
      spentText(slo.consumed),
      spentText(slo.consumedBefore),
    ]),
  );
}

function spendersTable({ spenders, spendersAmong, zone }: ReviewNumbers, url: string): string {
  if (spenders.length === 0) return spendersAmong === "all" ? "" : SUSPECTED_WORDS;
  const rows = table(
    ["What", "When", "Of the budget of", "Share"],
    spenders.map(({ kind, id, title, at, service, slo, share, incidentIds }) => [
      `${kind} ${link(title, url + (kind === "incident" ? incidentPath(id) : deploymentPath(id)))}${heldWords(incidentIds)}`,
      timeIn(at, zone),
      link(`${service}/${slo}`, url + sloPath({ service, slo })),
      spentText(share),
    ]),
  );
  const among = spendersAmong === "all" ? "" : ` ${SUSPECTED_WORDS}`;
  return `${rows}\n\n${SPENDERS_WORDS}${among}`;
}

function transitionsTable({ decisions, zone }: ReviewNumbers): string {
  return table(
    ["When", "SLO", "From", "To", "Budget spent"],
    decisions.transitions.map(({ at, service, slo, from, to, consumed }) => [
      timeIn(at, zone),
      plain(`${service}/${slo}`),
      plain(from),
      plain(to),
      spentText(consumed),
    ]),
  );
}

function decisionsList({ decisions, zone }: ReviewNumbers, url: string): string {
  const lines = decisionLines(decisions).map(
    ({ at, text, href }) => `- ${timeIn(at, zone)}: ${link(text, url + href)}`,
  );
  const gate = gateSentence(decisions);
  return [lines.join("\n"), plain(gate)].filter((part) => part !== "").join("\n\n");
}

function incidentsTable({ incidents, zone }: ReviewNumbers, url: string): string {
  return table(
    ["Began", "Incident", "Service", "Lasted", "Postmortem"],
    incidents.map((incident) => [
      timeIn(incident.startedAt, zone),
      `${incident.severity} ${link(incident.title, url + incidentPath(incident.id))}`,
      plain(incident.service),
      incident.resolvedAt === null ? "still open" : span(incident.resolvedAt - incident.startedAt),
      owesPostmortem(incident) ? "owed" : incident.postmortemUrl ? "written" : "",
    ]),
  );
}

function actionLine({ text, owner, due, doneAt, month }: ReviewAction): string {
  const more = [`from ${month}`, owner && `owner ${owner}`, due && `due ${due}`].filter(Boolean);
  return `- [${doneAt === null ? " " : "x"}] ${plain(text)} (${plain(more.join(", "))})`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

function link(text: string, href: string): string {
  return `[${plain(text)}](${href.replaceAll("(", "%28").replaceAll(")", "%29")})`;
}

/** Names and titles say what they say: nothing in them is Markdown or HTML. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>|#~&]/g, "\\$&");
}

/** What people wrote stays Markdown, and becomes no HTML. */
function written(text: string): string {
  return text.replaceAll("<", "\\<");
}

import { changedFields } from "#lib/convert/changed.ts";
import { convert } from "#lib/convert/convert.ts";
import { TARGETS, type Target } from "#lib/convert/loss.ts";
import { faultyMeaning } from "#lib/convert/meaning.ts";
import { normalizeQuery } from "#lib/promql/normalize.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import { readCatalog } from "#lib/spec/backstage/catalog.ts";
import type { Finding, LocatedSlo, SliDefinition, SloDefinition } from "#lib/spec/model.ts";
import { isSlug } from "#lib/spec/names.ts";
import { readDocuments } from "#lib/spec/read.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/**
 * What is wrong with how a text was read, in a sentence; null when all is well. A text is read well
 * when every finding has its place in it, every SLO that is accepted is one and says what the text says,
 * and each format it is written in gives it back but for what is told as lost.
 * @example faultOf("service: api") // null: it has errors, and they have their places
 */
export function faultOf(text: string): string | null {
  const [read] = readDocuments([{ file: "a.yaml", text }]);
  if (!read) return "nothing was read";
  const { slos, findings } = read;
  const silent = slos.length === 0 && findings.length === 0 && !/AlertWindows|openslo/.test(text);
  if (silent) return "nothing was accepted and nothing told";
  return (
    faultyPlace(findings, text) ??
    slos.map(faultySlo).find((fault) => fault !== null) ??
    faultyMeaning(text, read) ??
    faultyCatalog(text)
  );
}

function faultyPlace(findings: readonly Finding[], text: string): string | null {
  const lines = text.split("\n").length;
  const lost = findings.find(
    ({ line, column, message }) => line < 1 || line > lines || column < 1 || message === "",
  );
  return lost ? `a finding has no place: ${JSON.stringify(lost)}` : null;
}

function faultyCatalog(text: string): string | null {
  const { services, teams, findings } = readCatalog([{ file: "a.yaml", text }]);
  const names = [
    ...services.flatMap(({ name, team }) => (team === null ? [name] : [name, team])),
    ...teams.map(({ name }) => name),
  ];
  const wrong = names.find((name) => !isSlug(name));
  if (wrong !== undefined) return `${wrong} cannot stand in an address`;
  return faultyPlace(findings, text);
}

function faultySlo({ definition }: LocatedSlo): string | null {
  const { objective, window, policy, alerting, service, name } = definition;
  if (!(objective > 0 && objective < 1)) return `the objective is ${objective}`;
  if (window.ms < DAY || window.ms > 400 * DAY || window.ms % MINUTE !== 0)
    return `the window is ${window.ms} ms`;
  if (policy.length === 0) return "there is no policy";
  if (![service, name].every(isSlug)) return `${service}/${name} cannot stand in an address`;
  const tier = alerting.tiers?.find(
    ({ factor, longMs, shortMs }) => !(factor > 0 && shortMs < longMs),
  );
  if (tier) return `a tier is ${JSON.stringify(tier)}`;
  const query = queriesOf(definition.sli).find((text) => "error" in parsePromql(text));
  if (query !== undefined) return `a query does not parse: ${query}`;
  const copies = TARGETS.map((target) => faultyCopy(definition, target));
  return copies.find((fault) => fault !== null) ?? null;
}

function queriesOf(sli: SliDefinition): string[] {
  return sli.kind === "events" ? [sli.numerator, sli.total] : [sli.query];
}

/** What a format can say comes back; a plain document can say everything. */
function faultyCopy(definition: SloDefinition, target: Target): string | null {
  const { text, losses } = convert([definition], target);
  const [report] = losses;
  if (!report?.written) return text === "" && target !== "plain" ? null : `${target}: not written`;
  const [read] = readDocuments([{ file: "b.yaml", text }]);
  const back = read?.slos[0]?.definition;
  if (!back) return `${target}: a copy is refused: ${JSON.stringify(read?.findings)}\n${text}`;
  const told = new Set<string>(report.losses.map(({ field }) => field));
  const fields = changedFields(meant(definition), meant(back)).filter((field) => !told.has(field));
  return fields.length > 0 ? `${target}: a copy has another ${fields.join(", ")}:\n${text}` : null;
}

/** White space in queries means nothing. */
function meant(definition: SloDefinition): SloDefinition {
  const { sli } = definition;
  const plain = normalizeQuery;
  if (sli.kind === "events") {
    const queries = { numerator: plain(sli.numerator), total: plain(sli.total) };
    return { ...definition, sli: { ...sli, ...queries } };
  }
  return { ...definition, sli: { ...sli, query: plain(sli.query) } };
}

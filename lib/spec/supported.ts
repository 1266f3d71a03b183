import type { ErrorCode, LossCode } from "#lib/spec/codes.ts";
import type { Finding, LocatedSlo, ReadDocument, SloDefinition } from "#lib/spec/model.ts";

type Gap =
  | { readonly severity: "error"; readonly code: ErrorCode; readonly message: string }
  | { readonly severity: "loss"; readonly code: LossCode; readonly message: string };

/**
 * What a document may say and the numbers cannot do yet: an error where the number would be another
 * one, a note where only less is done. The one place to take a refusal out of.
 * @example gapsOf({ ...definition, budgeting: slices })[0]?.code // "not-supported"
 */
export function gapsOf(definition: SloDefinition): Gap[] {
  const { budgeting, grouping } = definition;
  const gaps: Gap[] = [];
  if (budgeting) gaps.push(refused(SLICES));
  if (grouping) gaps.push({ severity: "loss", code: "counted-as-one", message: ONE });
  return gaps;
}

const SLICES = "time slices are not supported yet; count occurrences";
const ONE = "the SLO is counted as one over all of its groups, not once for each";

function refused(message: string): Gap {
  return { severity: "error", code: "not-supported", message };
}

/**
 * Adds to each document what cannot be done yet, and leaves the SLOs out that are refused for it.
 * @example tellGaps([document with a sliced SLO])[0]?.slos // []
 */
export function tellGaps(documents: readonly ReadDocument[]): ReadDocument[] {
  return documents.map((document) => {
    const found = document.slos.map((slo) => ({ slo, gaps: gapsOf(slo.definition) }));
    const told = found.flatMap(({ slo, gaps }) => gaps.map((gap) => at(slo, gap)));
    if (told.length === 0) return document;
    const whole = found.filter(({ gaps }) => !gaps.some((gap) => gap.severity === "error"));
    const findings = [...document.findings, ...told];
    return {
      ...document,
      slos: whole.map(({ slo }) => slo),
      findings: findings.sort((a, b) => a.line - b.line || a.column - b.column),
    };
  });
}

function at({ place }: LocatedSlo, gap: Gap): Finding {
  return { ...place, ...gap };
}

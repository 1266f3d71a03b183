import { useQuery } from "@tanstack/react-query";
import { type PreviewQuestion, previewQuery } from "#app/_data/editor/query.ts";
import { useSettled } from "#app/(dashboard)/use-settled.ts";
import type { PreviewState } from "#components/editor/preview-view.ts";
import { nameOfSlo } from "#lib/editor/chosen.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

interface Previewing {
  readonly text: string;
  readonly file: string | null;
  readonly definition: SloDefinition | null;
  readonly source: string | null;
  /** Whether the source may be asked at all. */
  readonly enabled: boolean;
}

/** Whoever types is not done: the source is asked once the SLO has stayed the same for so long. */
const SETTLED_MS = 600;

/** The last day first, which is quick, then the whole window; each change of what is counted asks anew. */
export function usePreview({ definition, enabled, ...of }: Previewing): PreviewState {
  const fingerprint = useSettled(definition === null ? "" : fingerprintOf(definition), SETTLED_MS);
  const current = definition !== null && fingerprintOf(definition) === fingerprint;
  const slo = definition === null ? "" : nameOfSlo(definition);
  const question: Omit<PreviewQuestion, "reach"> = { ...of, slo, fingerprint };
  const asks = enabled && current;
  const day = useQuery({ ...previewQuery({ ...question, reach: "day" }), enabled: asks });
  const seen = day.data?.kind === "seen";
  const whole = useQuery({
    ...previewQuery({ ...question, reach: "window" }),
    enabled: asks && seen,
  });
  const answer = (whole.data?.kind === "seen" ? whole.data : day.data) ?? null;
  return {
    answer,
    asking: day.isFetching ? "day" : whole.isFetching ? "window" : null,
    problem: day.error?.message ?? whole.error?.message ?? wholeProblem(whole.data),
    again: () => void (day.data?.kind === "seen" ? whole.refetch() : day.refetch()),
  };
}

/** The last day is known, and the rest could not be had. */
function wholeProblem(whole: PreviewState["answer"] | undefined): string | null {
  return whole && whole.kind !== "seen" ? whole.message : null;
}

/** What of an SLO its budget depends on; texts for people do not. */
function fingerprintOf({ sli, objective, window, ...rest }: SloDefinition): string {
  const { budgeting, grouping, datasource, policy } = rest;
  return JSON.stringify([sli, objective, window, budgeting, grouping, datasource, policy]);
}

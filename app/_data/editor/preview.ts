import type { z } from "zod";
import { readBeside } from "#app/_data/editor/beside.ts";
import type { previewBody } from "#app/_data/editor/shapes.ts";
import type { PreviewAnswer, Reach } from "#components/editor/view.ts";
import { config } from "#config/current.ts";
import type { Db } from "#db/client.ts";
import { type Looked, look } from "#jobs/editor/preview.ts";
import { defaultSource } from "#jobs/sources.ts";
import { sloNamed } from "#lib/editor/chosen.ts";
import { previewOf } from "#lib/editor/preview.ts";
import { budgetReachMs } from "#lib/slo/budgetOfRows.ts";
import { countedSli } from "#lib/spec/counted.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { readDocument } from "#lib/spec/read.ts";

/** Who asks, and until when somebody waits. */
export interface PreviewAsker {
  readonly person: string;
  readonly now: number;
  readonly gone: AbortSignal;
}

export type PreviewOutcome = PreviewAnswer | { readonly kind: "busy" | "superseded" | "no-slo" };

/** The file that a text is not yet. */
const FILE = "document";

/** What an SLO of a text would say on the history that its source has; nothing is kept. */
export async function previewText(
  db: Db,
  asked: z.output<typeof previewBody>,
  asker: PreviewAsker,
): Promise<PreviewOutcome> {
  const { slos } = readDocument(FILE, asked.text, await readBeside(db, asked.file));
  const definition = sloNamed(slos, asked.slo)?.definition;
  if (!definition) return { kind: "no-slo" };
  const source = definition.datasource ?? asked.source ?? defaultSource(config());
  if (!config().prometheus.some(({ name }) => name === source)) {
    return { kind: "failed", source, message: noSource(source) };
  }
  const reachMs = reachOf(definition, asked.reach, asker.now);
  const looked = await look({ ...asker, source, sli: countedSli(definition), reachMs });
  return answerOf(looked, { definition, source, reach: asked.reach });
}

function noSource(name: string): string {
  const known = config().prometheus.map((source) => source.name);
  if (known.length === 0) return "No source is configured yet; name one in plimsoll.yaml.";
  return `plimsoll.yaml has no source ${name}; it has ${known.join(", ")}.`;
}

function reachOf({ window }: SloDefinition, reach: Reach, now: number): number {
  return reach === "day" ? 0 : budgetReachMs(window, now);
}

function answerOf(
  looked: Looked,
  of: { definition: SloDefinition; source: string; reach: Reach },
): PreviewOutcome {
  const { definition, source } = of;
  const { sli } = definition;
  if (looked.kind === "busy" || looked.kind === "superseded") return looked;
  if (looked.kind !== "seen") return { ...looked, source };
  const { stretches, numeratorAbsent } = looked;
  const minutes = sli.kind !== "events" && countedSli(definition).slices === undefined;
  return {
    kind: "seen",
    source,
    numbers: previewOf({ definition, stretches }),
    absent: numeratorAbsent && sli.kind === "events" ? sli.counts : null,
    sampled: minutes && stretches.length > 1,
  };
}

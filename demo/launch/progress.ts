import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { say } from "#demo/launch/say.ts";

const POLL_MS = 500;
const SAY_EVERY_MS = 3_000;

const sourcesShape = z.object({
  sources: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      lastSuccessAt: z.string().nullable(),
      backfill: z.object({ done: z.number(), of: z.number() }),
      error: z.string().nullable(),
    }),
  ),
});
type Source = z.infer<typeof sourcesShape>["sources"][number];

/** Waits until the product answers. */
export async function untilReady(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answer = await ask(`${url}/readyz`);
    if (answer?.ok) return;
    await pause(signal);
  }
}

/** Waits until every source's history is in, saying how far it is. */
export async function untilPopulated(url: string, signal: AbortSignal): Promise<void> {
  let saidAt = 0;
  while (!signal.aborted) {
    const sources = await readSources(url);
    if (sources.length > 0 && sources.every(isDone)) return;
    if (performance.now() - saidAt > SAY_EVERY_MS) {
      say(`history: ${sources.map(inWords).join(", ") || "not begun"}`);
      saidAt = performance.now();
    }
    await pause(signal);
  }
}

async function readSources(url: string): Promise<readonly Source[]> {
  const answer = await ask(`${url}/api/v1/sources`);
  if (!answer?.ok) return [];
  const { sources } = sourcesShape.parse(await answer.json());
  // Plimsoll's check of itself is listed too; it has no history to fetch.
  return sources.filter(({ kind }) => kind !== "synthetic");
}

/** Deliveries have succeeded once all of their history is in; counts may have begun with the newest. */
function isDone({ kind, lastSuccessAt, backfill }: Source): boolean {
  if (kind === "github") return lastSuccessAt !== null;
  return backfill.of > 0 && backfill.done >= backfill.of;
}

function inWords({ name, kind, lastSuccessAt, backfill, error }: Source): string {
  if (error) return `${name}: ${error}`;
  if (kind === "github") return `${name} ${lastSuccessAt === null ? "is being read" : "100 %"}`;
  const percent = backfill.of > 0 ? Math.floor((100 * backfill.done) / backfill.of) : 0;
  return `${name} ${percent} %`;
}

async function ask(url: string): Promise<Response | null> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(5_000) });
  } catch {
    return null;
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await wait(POLL_MS, undefined, { signal }).catch(() => undefined);
}

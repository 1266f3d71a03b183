import { type Report, reportOf } from "#bench/report.ts";
import { faultOf } from "#lib/convert/fuzzing.ts";
import { mutant } from "#lib/convert/mutants.ts";
import { readDocuments } from "#lib/spec/read.ts";

const MUTANTS = 100_000;
/** A reader that takes longer over one small document hangs. */
const LONGEST_MS = 1000;

/** Reads 100,000 mutated SLO documents; each one that crashes the reader or is wrongly accepted is named. */
export async function documentsBench(): Promise<Report> {
  const faults: string[] = [];
  let [accepted, slowestMs, totalMs] = [0, 0, 0];
  for (let n = 0; n < MUTANTS; n++) {
    const text = mutant(n);
    if (readDocuments([{ file: "a.yaml", text }])[0]?.slos.length) accepted++;
    const before = performance.now();
    const fault = faultIn(text);
    const tookMs = performance.now() - before;
    totalMs += tookMs;
    slowestMs = Math.max(slowestMs, tookMs);
    if (fault !== null) faults.push(`${n}: ${fault}`);
  }
  const { text, data } = reportOf(
    `${MUTANTS} mutated SLO documents, each read, checked and copied`,
    [
      {
        what: "crashed or wrongly accepted",
        value: faults.length,
        unit: "",
        promise: { atMost: 0 },
      },
      { what: "accepted, at least one SLO", value: accepted, unit: "" },
      { what: "mean time of one", value: totalMs / MUTANTS, unit: "ms" },
      { what: "slowest", value: slowestMs, unit: "ms", promise: { atMost: LONGEST_MS } },
    ],
  );
  return { text: [text, ...faults.slice(0, 20)].join("\n"), data };
}

function faultIn(text: string): string | null {
  try {
    return faultOf(text);
  } catch (error) {
    return `crashed: ${error instanceof Error ? error.stack : String(error)}`;
  }
}

import { type Report, reportOf } from "#bench/report.ts";
import { faultOf, mutant } from "#lib/convert/fuzzing.ts";

const MUTANTS = 100_000;

/** Reads 100,000 mutated SLO documents; a crash ends it, and each one that is wrongly accepted is named. */
export async function documentsBench(): Promise<Report> {
  const faults: string[] = [];
  let slowestMs = 0;
  const start = performance.now();
  for (let n = 0; n < MUTANTS; n++) {
    const before = performance.now();
    const fault = faultOf(mutant(n));
    slowestMs = Math.max(slowestMs, performance.now() - before);
    if (fault !== null) faults.push(`${n}: ${fault}`);
  }
  const meanMs = (performance.now() - start) / MUTANTS;
  const { text, data } = reportOf(`${MUTANTS} mutated SLO documents`, [
    { what: "wrongly read", value: faults.length, unit: "", promise: { atMost: 0 } },
    { what: "mean time of one", value: meanMs, unit: "ms" },
    { what: "slowest", value: slowestMs, unit: "ms" },
  ]);
  return { text: [text, ...faults.slice(0, 20)].join("\n"), data };
}

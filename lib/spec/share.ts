import { readNumber } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";

/**
 * A percentage as a ratio, exactly as a person would write it: 99.9 gives 0.999, where a division
 * gives 0.9990000000000001.
 * @example shareOfPercent(99.9) // 0.999
 */
export function shareOfPercent(percent: number): number {
  const [digits, exponent] = percent.toExponential().split("e");
  return Number(`${digits}e${Number(exponent) - 2}`);
}

/**
 * An objective as a ratio in (0,1); says what to write when it looks like a percentage.
 * @example readShare(node of "99.5", findings) // null, and an error that says: write 0.995
 */
export function readShare(node: Located | null, findings: Findings): number | null {
  if (node === null) return null;
  const percent = node.kind === "text" ? /^\s*([\d.]+)\s*%\s*$/.exec(node.value)?.[1] : undefined;
  if (percent !== undefined) return refuse(node, Number(percent), findings);
  const value = readNumber(node, findings);
  if (value === null) return null;
  if (value > 0 && value < 1) return tellLow(node, value, findings);
  return refuse(node, value === 1 ? 100 : value, findings);
}

/** Nobody promises that most will fail; it is a share of errors that was meant. */
function tellLow(node: Located, share: number, findings: Findings): number {
  if (share >= 0.5) return share;
  const message = `lets more than half of the events fail; if ${describe(node)} is the share of errors, write the rest of it`;
  findings.lint(node, "low-objective", message);
  return share;
}

function refuse(node: Located, percent: number, findings: Findings): null {
  const got = `must be between 0 and 1, got ${describe(node)}`;
  if (percent === 100) return findings.error(node, "target-range", `${got}; ${NO_BUDGET}`);
  const share = percent > 1 && percent < 100 ? `; write ${shareOfPercent(percent)}` : "";
  return findings.error(node, "target-range", `${got}${share || "; write a ratio such as 0.995"}`);
}

const NO_BUDGET = "that leaves no error budget to spend, write for example 0.9999";

/**
 * An objective in percent, as Sloth writes it: in (1,100), as a ratio.
 * @example readPercent(node of "99.9", findings) // 0.999
 */
export function readPercent(node: Located | null, findings: Findings): number | null {
  const value = readNumber(node, findings);
  if (value === null || node === null) return null;
  if (value > 1 && value < 100) return tellLow(node, shareOfPercent(value), findings);
  const got = `must be a percentage between 1 and 100, got ${describe(node)}`;
  if (value === 100)
    return findings.error(node, "target-range", `${got}; ${NO_BUDGET.replace("0.9999", "99.99")}`);
  const meant =
    value > 0 && value < 1 ? `; write ${Number(`${value}e2`)}` : "; write for example 99.5";
  return findings.error(node, "target-range", `${got}${meant}`);
}

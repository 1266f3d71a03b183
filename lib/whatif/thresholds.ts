import type { Findings } from "#lib/spec/findings.ts";
import type { PolicyThreshold } from "#lib/spec/model.ts";
import { readLevel } from "#lib/spec/plain/policy.ts";
import { shareOfPercent } from "#lib/spec/share.ts";
import { written } from "#lib/whatif/written.ts";

/**
 * The steps of a policy at other levels: one share of the budget for each, ascending, with a comma
 * between them ("0.5, 0.9" or "50 %, 90 %"). Names, actions and gates stay as they are.
 * @example readLevels("0.5, 0.9", DEFAULT_POLICY, findings)?.[1]?.threshold // 0.9
 */
export function readLevels(
  text: string,
  present: readonly PolicyThreshold[],
  findings: Findings,
): readonly PolicyThreshold[] | null {
  const parts = text.split(/[,;]/).map((part) => part.trim());
  if (parts.length !== present.length) return refuse(text, countWanted(present), findings);
  const levels = parts.map((part) => readLevel(levelOf(part), findings));
  const steps = present.flatMap((step, i) => {
    const threshold = levels[i] ?? null;
    return threshold === null ? [] : [{ ...step, threshold }];
  });
  if (steps.length < present.length) return null;
  const falls = steps.some(({ threshold }, i) => threshold <= (steps[i - 1]?.threshold ?? 0));
  return falls ? refuse(text, "must go up from one to the next", findings) : steps;
}

function levelOf(part: string) {
  const percent = /^([\d.]+)\s*%$/.exec(part)?.[1];
  return written(percent === undefined ? part : String(shareOfPercent(Number(percent))));
}

function countWanted(present: readonly PolicyThreshold[]): string {
  const example = present.map(({ threshold }) => threshold).join(", ");
  const many = present.length === 1 ? "one share" : `${present.length} shares`;
  return `must be ${many} of the budget, one for each step of the policy, such as ${example}`;
}

function refuse(text: string, why: string, findings: Findings): null {
  return findings.error(written(text), "policy-range", why);
}

import type { Finding } from "#lib/spec/model.ts";

/** A finding's place in the text, as offsets: `[from, to)`, never empty unless the text ends there. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly finding: Finding;
}

/**
 * Where findings stand in the text: from their line and column to the end of the word, of the quoted
 * text, or of the query's token there. Places beyond the text are its end.
 * @example marksOf("target: 99.5\n", [findingAt(1, 9)])[0] // { from: 8, to: 12, finding }
 */
export function marksOf(text: string, findings: readonly Finding[]): Mark[] {
  const starts = lineStarts(text);
  return findings.map((finding) => {
    const start = starts[Math.min(finding.line, starts.length) - 1] ?? 0;
    const from = Math.min(text.length, start + Math.max(0, finding.column - 1));
    return { from, to: endOf(text, from), finding };
  });
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

const TOKEN = /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?|[^\s,:{}[\]()"']+|[^\s]/y;

function endOf(text: string, from: number): number {
  TOKEN.lastIndex = from;
  const token = TOKEN.exec(text)?.[0];
  return token ? from + token.length : Math.min(text.length, from + 1);
}

/**
 * How many there are of each kind. A loss is no mistake: the SLO counts, and part of the text does not.
 * @example tallyOf([lossFinding]) // { error: 0, lint: 0, loss: 1 }
 */
export function tallyOf(findings: readonly Finding[]): Record<Finding["severity"], number> {
  const tally = { error: 0, lint: 0, loss: 0 };
  for (const { severity } of findings) tally[severity]++;
  return tally;
}

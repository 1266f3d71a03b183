import type { GateDecision } from "#lib/policy/decision.ts";

/** What GitHub takes at most, in characters. */
const MOST = 1024;

/**
 * The answers of the gate as GitHub shows them beside a deployment: Markdown, at most 1,024
 * characters, the way on before the details.
 * @example githubComment([decision]) // "**checkout: block.** Feature freeze: …"
 */
export function githubComment(decisions: readonly GateDecision[]): string {
  const held = decisions.some(({ proceed }) => !proceed);
  const heads = decisions.map(
    ({ service, decision, summary }) => `**${plain(service)}: ${decision}.** ${plain(summary)}`,
  );
  const links = decisions.flatMap(linksOf);
  return fitted([...heads, ...(held ? [WAY_ON] : [])], [...new Set(links)]);
}

const WAY_ON =
  "GitHub keeps this rejection. When the block has lifted, or an exception was approved in Plimsoll, re-run the failed jobs: the gate is then asked anew.";

function linksOf({ reasons, exception }: GateDecision): string[] {
  const own = reasons.map(({ slo, link }) => `- [${plain(slo)}](${link})`);
  return exception ? [`- [exception ${exception.id}](${exception.link})`, ...own] : own;
}

/** Whole links as far as they fit; the words before them are cut only when they alone are too long. */
function fitted(words: readonly string[], links: readonly string[]): string {
  let comment = words.join("\n\n");
  if (comment.length > MOST) comment = `${comment.slice(0, MOST - 1)}…`;
  for (const link of links) {
    const more = `${comment}\n${comment.includes("\n- ") ? "" : "\n"}${link}`;
    if (more.length <= MOST) comment = more;
  }
  return comment;
}

/** Names are text, not Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|@#]/g, "\\$&");
}

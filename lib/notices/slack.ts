import type { NoticeWords } from "#lib/notices/words.ts";

/** What Slack's incoming webhooks take, and those of Mattermost, Rocket.Chat and Discord (`/slack`). */
export interface SlackMessage {
  /** What is shown where blocks are not: notifications, and the likes of Slack. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

interface SlackBlock {
  readonly type: "section";
  readonly text: { readonly type: "mrkdwn"; readonly text: string };
}

/** Slack refuses a block of more than 3,000 characters. */
const LONGEST_BLOCK = 2_900;
/** What is told of each of many. */
const LONGEST_TITLE = 200;
/** Lines that are listed when many are told at once. */
const MOST_LISTED = 20;

/**
 * One notice as a message; `&`, `<` and `>` in it cannot become markup or mentions.
 * @example slackMessage(words).text // "checkout/availability: Feature freeze …"
 */
export function slackMessage({ title, lines, link }: NoticeWords): SlackMessage {
  const head = `*${bold(title)}*`;
  const foot = `<${link}|Look at it>`;
  const body = fitting(lines.join("\n"), LONGEST_BLOCK - head.length - foot.length - 2);
  return messageOf([head, body, foot].filter((part) => part !== "").join("\n"));
}

/**
 * Many notices as one message, each with its link, in their order; beyond twenty, how many there are.
 * @example slackDigest([first, second]).text // "*2 notices* …"
 */
export function slackDigest(many: readonly NoticeWords[]): SlackMessage {
  const listed: string[] = [];
  let room = LONGEST_BLOCK - 100;
  for (const { title, link } of many.slice(0, MOST_LISTED)) {
    const line = `• <${link}|${fitting(title, LONGEST_TITLE)}>`;
    room -= line.length + 1;
    if (room < 0) break;
    listed.push(line);
  }
  const left = many.length - listed.length;
  const rest = left > 0 ? [`and ${left} more`] : [];
  return messageOf([`*${many.length} notices*`, ...listed, ...rest].join("\n"));
}

function messageOf(text: string): SlackMessage {
  return { text, blocks: [{ type: "section", text: { type: "mrkdwn", text } }] };
}

/** A star within would end the bold, and a line's end, too. */
function bold(text: string): string {
  return fitting(text.replaceAll("*", "∗").replaceAll(/\s+/g, " "), LONGEST_TITLE);
}

/** As much of a text as fits once it is escaped. */
function fitting(text: string, most: number): string {
  let fit = "";
  for (const character of text.replaceAll(EVERYONE, "@\u200b")) {
    const next = ESCAPED[character] ?? character;
    if (fit.length + next.length > most - 1) return `${fit}…`;
    fit += next;
  }
  return fit;
}

/** Slack's own rule: these three, and no others. */
const ESCAPED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** Mattermost and Discord call everyone by their plain names. */
const EVERYONE = /@(?=(?:all|channel|everyone|here)\b)/gi;

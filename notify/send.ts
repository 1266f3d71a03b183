import type { Notice } from "#lib/notices/notice.ts";
import { webhookPayload } from "#lib/notices/payload.ts";
import type { OpenReceiver, SealedReceiver } from "#lib/notices/receiver.ts";
import { slackDigest, slackMessage } from "#lib/notices/slack.ts";
import { isUrgent } from "#lib/notices/urgent.ts";
import { noticeWords } from "#lib/notices/words.ts";
import type { OutboundInit } from "#notify/exchange.ts";
import { plainMessage, signedMessage } from "#notify/message.ts";
import { fetchOutbound, type OutboundPolicy, type Outcome } from "#notify/outbound.ts";
import { type Verdict, verdictOf } from "#notify/verdict.ts";

export interface Sending {
  readonly receiver: Pick<SealedReceiver, "id" | "kind">;
  readonly open: OpenReceiver;
  /** More than one only for kinds that tell many at once. */
  readonly notices: readonly { readonly noticeId: number; readonly notice: Notice }[];
}

export interface Sender {
  readonly policy: OutboundPolicy;
  /** How links to us begin. */
  readonly publicUrl: string;
  readonly clock: () => number;
}

/** Sends it once and says what came of it; never throws for what a receiver does. */
export async function send(sending: Sending, sender: Sender): Promise<Verdict> {
  const message = messageOf(sending, sender);
  if (!message) return { verdict: "refused", status: null, reason: "it has no signing secret" };
  const outcome = await fetchOutbound(sending.open.url, message, sender.policy);
  return verdictOf(withoutAddress(outcome, sending.open.url), sender.clock());
}

/** An error page often repeats what was asked, and the path may be a secret. */
function withoutAddress(outcome: Outcome, address: string): Outcome {
  const url = URL.parse(address);
  if (outcome.outcome !== "answered" || !url) return outcome;
  const parts = url.pathname.split("/").filter((part) => part.length >= 8);
  const secrets = [url.pathname, url.search, ...parts].filter((part) => part.length > 1);
  return { ...outcome, body: secrets.reduce((text, s) => text.replaceAll(s, "…"), outcome.body) };
}

function messageOf(sending: Sending, { publicUrl, clock }: Sender): OutboundInit | null {
  const { receiver, open, notices } = sending;
  const [first] = notices;
  if (!first) return null;
  if (receiver.kind === "slack") {
    const words = urgentFirst(notices).map((notice) => noticeWords(notice, publicUrl));
    const [only] = words;
    return plainMessage(only && words.length === 1 ? slackMessage(only) : slackDigest(words));
  }
  if (open.secret === null) return null;
  const id = messageId(receiver.id, first.noticeId);
  const payload = webhookPayload(first.notice, publicUrl);
  return signedMessage(payload, { secret: open.secret, id, at: clock() });
}

/** Of many only the first are listed: a page or a freeze must be among them. */
function urgentFirst(notices: Sending["notices"]): Notice[] {
  const all = notices.map(({ notice }) => notice);
  return [...all.filter(isUrgent), ...all.filter((notice) => !isUrgent(notice))];
}

/** Sends a message that tells of nothing, to see whether it arrives. */
export async function sendTest(
  { receiver, open }: Pick<Sending, "receiver" | "open">,
  sender: Sender,
): Promise<Verdict> {
  const outcome = await fetchOutbound(open.url, testOf({ receiver, open }, sender), sender.policy);
  return verdictOf(withoutAddress(outcome, open.url), sender.clock());
}

function testOf(
  { receiver, open }: Pick<Sending, "receiver" | "open">,
  { publicUrl, clock }: Sender,
): OutboundInit {
  const at = clock();
  const link = `${publicUrl}/settings/notifications`;
  if (open.secret === null) {
    const title = "A test from Plimsoll";
    return plainMessage(slackMessage({ title, lines: ["Notices will arrive here."], link }));
  }
  const payload = { type: "test", timestamp: new Date(at).toISOString(), data: { link } };
  return signedMessage(payload, { secret: open.secret, id: `msg_${receiver.id}_test_${at}`, at });
}

/** The same for every try of a notice at a receiver, and of no other. */
function messageId(receiverId: string, noticeId: number): string {
  return `msg_${receiverId}_${noticeId}`;
}

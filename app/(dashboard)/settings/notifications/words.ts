import type { DeliveryState, ReceiverKind } from "#db/schema/index.ts";

/** Waiting is neither good nor bad. */
export const STATE_LOOK: Readonly<Record<DeliveryState, { word: string; tone: string }>> = {
  pending: { word: "Waiting", tone: "text-ink-2" },
  delivered: { word: "Arrived", tone: "text-healthy" },
  dead: { word: "Given up", tone: "text-out" },
  dropped: { word: "Dropped", tone: "text-ink-3" },
};

export const KIND_LOOK: Readonly<Record<ReceiverKind, { word: string; hint: string }>> = {
  slack: {
    word: "Slack or alike",
    hint: "An incoming webhook of Slack, Mattermost, Rocket.Chat, or Discord (ending in /slack).",
  },
  webhook: {
    word: "Webhook, signed",
    hint: "JSON by POST, signed as Standard Webhooks. The signing secret is shown once.",
  },
};

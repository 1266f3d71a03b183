import type { DeliveriesAsk } from "#app/_data/settings/receivers/ask.ts";
import type {
  DeliveriesView,
  DeliveryView,
  ReceiversView,
  TeamChoices,
} from "#app/_data/settings/receivers/view.ts";
import type { Db } from "#db/connection.ts";
import { type NoticeDelivery, readNoticeDeliveries } from "#db/reads/notices.ts";
import { type ReceiverOverview, readReceivers } from "#db/reads/receivers.ts";
import { readCatalogTeams, readTeamEditors } from "#db/reads/teams.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";
import { linkOf } from "#lib/notices/links.ts";
import { noticeWords } from "#lib/notices/words.ts";

const NEWEST = 10;
const PAGE = 50;

/** The notifications page as this actor may see it: an admin all of it, an editor what is their teams'. */
export async function readReceiversView(db: Db, actor: Actor): Promise<ReceiversView> {
  const own = ownTeams(actor);
  const receivers = await readReceivers(db, own);
  const deliveries = await readNoticeDeliveries(db, own, NEWEST);
  return {
    ...(await teamChoices(db, actor)),
    receivers,
    deliveries: deliveries.map((delivery) => viewOf(delivery, receivers)),
  };
}

/** One page of the log of deliveries, newest first. */
export async function readDeliveriesView(
  db: Db,
  actor: Actor,
  { state, receiver, before }: DeliveriesAsk,
): Promise<DeliveriesView> {
  const own = ownTeams(actor);
  const receivers = await readReceivers(db, own);
  const filter = { ...own, state, receiverId: receiver, before };
  const found = await readNoticeDeliveries(db, filter, PAGE + 1);
  const shown = found.slice(0, PAGE);
  const last = found.length > PAGE ? shown.at(-1) : undefined;
  return {
    receivers,
    deliveries: shown.map((delivery) => viewOf(delivery, receivers)),
    next: last?.id ?? null,
  };
}

/** What a reader may see: no teams named means all. */
function ownTeams(actor: Actor): { readonly teams?: readonly string[] } {
  if (decide(actor, "edit", null) === "allow") return {};
  if (actor.kind === "person") return { teams: actor.editorOf };
  return { teams: actor.kind === "token" && actor.team !== null ? [actor.team] : [] };
}

async function teamChoices(db: Db, actor: Actor): Promise<TeamChoices> {
  const { teams } = ownTeams(actor);
  if (teams) return { teams: teams.toSorted(), allTeams: false };
  const edited = (await readTeamEditors(db)).map(({ team }) => team);
  const known = new Set([...(await readCatalogTeams(db)), ...edited]);
  return { teams: [...known].toSorted(), allTeams: true };
}

function viewOf(
  { notice, removedAt, lastStatus: _, lastAttemptAt: __, ...delivery }: NoticeDelivery,
  receivers: readonly ReceiverOverview[],
): DeliveryView {
  const receiver = receivers.find(({ id }) => id === delivery.receiverId);
  const isOn = removedAt === null && receiver !== undefined && receiver.disabledAt === null;
  return {
    ...delivery,
    title: noticeWords(notice, "").title,
    link: linkOf(notice, ""),
    at: notice.at,
    mayReplay: delivery.state === "dead" && isOn,
  };
}

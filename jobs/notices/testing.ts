import type { IncomingHttpHeaders } from "node:http";
import type { Db } from "#db/connection.ts";
import { createReceiver, type NewReceiver } from "#db/writes/receivers.ts";
import { Outbox } from "#jobs/notices/outbox.ts";
import { SYSTEM } from "#lib/access/actor.ts";
import { readNetwork } from "#lib/net/network.ts";
import type { Notice } from "#lib/notices/notice.ts";
import type { OpenSeal } from "#lib/notices/receiver.ts";
import { startWebServer, type WebServer } from "#notify/testing.ts";

/** What one request brought. */
export interface Arrived {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the receiver answers: a status with headers, or not at all. */
export type Answering =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | "hangs";

/** A receiver on loopback that keeps what arrives, and answers as it is told. */
export interface TestReceiver extends AsyncDisposable {
  readonly url: string;
  readonly arrived: readonly Arrived[];
  /** Most requests that were open at one moment. */
  mostAtOnce(): number;
  /** Resolves when so many have arrived. */
  until(count: number): Promise<void>;
  answering: Answering;
}

export async function startReceiver(answering: Answering = { status: 200 }): Promise<TestReceiver> {
  const arrived: Arrived[] = [];
  let open = 0;
  let most = 0;
  const awaited: { readonly count: number; readonly resolve: () => void }[] = [];
  const server: WebServer = await startWebServer(async (request, answer) => {
    most = Math.max(most, ++open);
    answer.on("close", () => open--);
    let body = "";
    for await (const chunk of request) body += String(chunk);
    arrived.push({ headers: request.headers, body });
    for (const { count, resolve } of awaited) if (arrived.length >= count) resolve();
    const { answering: how } = receiver;
    if (how === "hangs") return;
    answer.writeHead(how.status, how.headers).end(how.body);
  });
  const receiver: TestReceiver = {
    url: `http://127.0.0.1:${server.port}/hook/s3cret`,
    arrived,
    mostAtOnce: () => most,
    until: (count) =>
      new Promise((resolve) => {
        awaited.push({ count, resolve });
        if (arrived.length >= count) resolve();
      }),
    answering,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return receiver;
}

/** Seals nothing: what the address and secret of a test's receiver are. */
export const OPEN: OpenSeal = ({ sealedUrl, sealedSecret }) => ({
  url: sealedUrl,
  secret: sealedSecret,
});

export const SECRET = `whsec_${Buffer.from("a secret of twenty-four b").toString("base64")}`;

export async function addReceiver(
  db: Db,
  of: Partial<NewReceiver> & { readonly id: string; readonly sealedUrl: string },
): Promise<void> {
  const kind = of.kind ?? "webhook";
  const plain = { name: of.id, host: "127.0.0.1", team: null, kinds: [], quietHours: null };
  const sealedSecret = kind === "webhook" ? SECRET : null;
  const by = { actor: SYSTEM, address: null, at: 0 };
  await createReceiver(db, by, { ...plain, kind, sealedSecret, ...of });
}

/** A page that begins, unless another is wanted. */
export function noticeOf(key: string, of: Partial<Notice> = {}): Notice {
  return {
    ...{ key, kind: "alert-opened", at: 0, team: "pay", service: "shop", slo: "checkout" },
    ...{ alert: `1:page:0`, tier: "page-fast", severity: "page", startedAt: 0 },
    ...{ consumed: 0.25, exhaustsAt: null },
    ...of,
  } as Notice;
}

/** An outbox over loopback, whose clock is a test's. */
export function outboxOf(db: Db, clock: () => number, timeoutMs = 5_000): Outbox {
  const allow = ["127.0.0.1"].flatMap((text) => readNetwork(text) ?? []);
  const policy = { allow, timeoutMs };
  const publicUrl = "https://plimsoll.example";
  return new Outbox({ db, openSeal: OPEN, policy, publicUrl, clock, random: () => 0 });
}

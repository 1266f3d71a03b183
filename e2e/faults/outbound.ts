import { readNetwork } from "#lib/net/network.ts";
import { fetchOutbound } from "#notify/outbound.ts";

/** What the process is told to ask, as its first argument. */
export interface OutboundTask {
  readonly urls: readonly string[];
}

/** Asks as the product does, in a process whose environment a test chooses. Each name is 127.0.0.1. */
const { urls }: OutboundTask = JSON.parse(process.argv[2] ?? "");
const allow = [readNetwork("127.0.0.1")].flatMap((network) => network ?? []);
const policy = { allow, resolve: async () => ["127.0.0.1"], timeoutMs: 5_000 };

for (const url of urls) {
  console.log(JSON.stringify(await fetchOutbound(url, { body: "{}" }, policy)));
}

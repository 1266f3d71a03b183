import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod";

const statsSchema = z.object({
  data: z.object({ stats: z.object({ samples: z.object({ totalQueryableSamples: z.number() }) }) }),
});

/** Passes queries on to a Prometheus, and adds up the samples that it says they read. */
export interface Meter {
  readonly url: string;
  samples: number;
  requests: number;
  stop(): Promise<void>;
}

export async function startMeter(prometheus: string): Promise<Meter> {
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const answer = await fetch(prometheus + request.url, {
      method: request.method,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: request.method === "POST" ? `${body}&stats=all` : undefined,
    });
    const text = await answer.text();
    const stats = statsSchema.safeParse(JSON.parse(text));
    meter.samples += stats.data?.data.stats.samples.totalQueryableSamples ?? 0;
    meter.requests += 1;
    response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  const meter: Meter = {
    url: `http://127.0.0.1:${address.port}`,
    samples: 0,
    requests: 0,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return meter;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Samples that one evaluation at a time (epoch ms) reads. */
export async function samplesOf(prometheus: string, expr: string, at: number): Promise<number> {
  const body = new URLSearchParams({ query: expr, time: String(at / 1000), stats: "all" });
  const answer = await fetch(`${prometheus}/api/v1/query`, { method: "POST", body });
  const parsed = statsSchema.parse(await answer.json());
  return parsed.data.stats.samples.totalQueryableSamples;
}

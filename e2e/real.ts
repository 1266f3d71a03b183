import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { freePort, type Product, startProduct } from "./product.ts";
import { startPrometheus } from "./servers/prometheus.ts";
import { startVictoria } from "./servers/victoria.ts";

const SERVERS = { prometheus: startPrometheus, victoria: startVictoria } as const;
export type ServerName = keyof typeof SERVERS;

/** A new user's product on an empty database, over servers that scrape themselves and it. */
export interface NewUser extends AsyncDisposable {
  readonly product: Product;
  /** The folder of the documents: empty at first. */
  readonly slos: string;
  readonly servers: ReadonlyMap<string, string>;
}

/** The servers scrape from the beginning: data is there as soon as a first minute has passed. */
export async function openNewUser(): Promise<NewUser> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-new-user-"));
  const slos = join(folder, "slos");
  mkdirSync(slos);
  const port = await freePort();
  const servers = await Promise.all([
    startScraping("prometheus", port),
    startScraping("victoria", port),
  ]);
  const prometheus = servers.map(({ name, url }) => ({ name, url, history: "1h" }));
  const config = { sources: { prometheus }, slos: ["slos/*.yaml"] };
  writeFileSync(join(folder, "plimsoll.yaml"), JSON.stringify(config));
  const product = await startProduct({
    PLIMSOLL_CONFIG: join(folder, "plimsoll.yaml"),
    PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "data")}`,
    PORT: String(port),
  });
  return {
    product,
    slos,
    servers: new Map(servers.map(({ name, url }) => [name, url])),
    async [Symbol.asyncDispose]() {
      await product.stop();
      await Promise.all(servers.map(({ server }) => server.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startScraping(name: ServerName, productPort: number) {
  const port = await freePort();
  const job = (job_name: string, target: number) => ({
    job_name,
    static_configs: [{ targets: [`127.0.0.1:${target}`] }],
  });
  const config = JSON.stringify({
    global: { scrape_interval: "5s" },
    scrape_configs: [job("itself", port), job("plimsoll", productPort)],
  });
  const server = await SERVERS[name]({ port, config });
  return { name, url: server.url, server };
}

/** The requests that each server counts of itself, and its copy of what Plimsoll counts of itself. */
export const EVENTS: Readonly<Record<ServerName, { total: string; bad: string }>> = {
  prometheus: {
    total: 'prometheus_http_requests_total{job="itself"}',
    bad: 'prometheus_http_requests_total{job="itself",code=~"5.."}',
  },
  victoria: {
    total: 'vm_http_requests_total{job="itself"}',
    bad: 'vm_http_request_errors_total{job="itself"}',
  },
};
export const OURS = {
  total: 'plimsoll_ticks_total{job="plimsoll"}',
  bad: 'plimsoll_ticks_total{job="plimsoll",outcome="failed"}',
};

/** A document for one server, as a person would write it. */
export function documentFor(name: ServerName): string {
  const slo = (sloName: string, { total, bad }: { total: string; bad: string }) => ({
    name: sloName,
    datasource: name,
    sli: { bad: `sum(rate(${bad}[5m]))`, total: `sum(rate(${total}[5m]))` },
    target: 0.99,
    window: "30d",
  });
  const slos = [slo("requests", EVENTS[name]), slo("plimsoll", OURS)];
  return JSON.stringify({ service: name, owner: "platform", slos });
}

/** What the counters of a selector stood at (epoch ms): the server's own answer to how much there ever was. */
export async function countedBy(at: number, url: string, selector: string): Promise<number> {
  const query = new URLSearchParams({ query: `sum(${selector})`, time: String(at / 1000) });
  const answer = await fetch(`${url}/api/v1/query?${query}`);
  return Number(instantAnswer.parse(await answer.json()).data.result[0]?.value[1] ?? 0);
}

const instantAnswer = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

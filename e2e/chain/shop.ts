import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HOUR } from "#lib/time/duration.ts";

/** A service that counts its own requests, which fail from the moment when it is told to break. */
export interface Shop extends AsyncDisposable {
  /** Host and port, for a scrape. */
  readonly target: string;
  /** What it counted in the hour before it was opened, as OpenMetrics. */
  readonly history: string;
  break(): void;
}

const PER_SECOND = { answered: 10, failed: 100 } as const;
const SCRAPE_MS = 5_000;
/** What a scrape of it adds, so that history and scrapes are the same series. */
const SCRAPED_AS = 'job="shop",instance="shop"';

/** Opens the shop on loopback; it has answered every request for an hour. */
export async function openShop(): Promise<Shop> {
  const opened = Date.now() - HOUR;
  let broken: number | null = null;
  const counted = (now: number, labels: string) => {
    const answered = Math.floor(((now - opened) / 1000) * PER_SECOND.answered);
    const failed = broken === null ? 0 : Math.floor(((now - broken) / 1000) * PER_SECOND.failed);
    return samples({ answered, failed }, labels);
  };
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4" });
    response.end(`# TYPE shop_requests_total counter\n${counted(Date.now(), "").join("\n")}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    target: `127.0.0.1:${port}`,
    history: historyOf((at) => counted(at, `,${SCRAPED_AS}`), opened),
    break() {
      broken ??= Date.now();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function samples(counts: { answered: number; failed: number }, labels: string): string[] {
  return [
    `shop_requests_total{code="200"${labels}} ${counts.answered}`,
    `shop_requests_total{code="500"${labels}} ${counts.failed}`,
  ];
}

function historyOf(countedAt: (at: number) => string[], from: number): string {
  const lines = ["# TYPE shop_requests counter"];
  for (let at = from; at < from + HOUR; at += SCRAPE_MS) {
    lines.push(...countedAt(at).map((sample) => `${sample} ${at / 1000}`));
  }
  return [...lines, "# EOF\n"].join("\n");
}

/** Scrapes the shop and runs the rules of a file; alerts go to an Alertmanager. */
export function prometheusConfig(shop: Shop, rules: string, alertmanager: string): string {
  const scrape = {
    job_name: "shop",
    static_configs: [{ targets: [shop.target], labels: { instance: "shop" } }],
  };
  // JSON is YAML.
  return JSON.stringify({
    global: { scrape_interval: `${SCRAPE_MS / 1000}s` },
    rule_files: [rules],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: [scrape],
  });
}

/** Its SLO as Sloth's users write it, with tiers that need minutes rather than hours. */
export const DOCUMENT = `version: prometheus/v1
service: shop
labels: { team: payments }
slos:
  - name: requests
    objective: 99.99
    sli:
      events:
        error_query: sum(rate(shop_requests_total{code=~"5.."}[{{.window}}]))
        total_query: sum(rate(shop_requests_total[{{.window}}]))
---
apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 30d
  page:
    quick: { errorBudgetPercent: 2, shortWindow: 1m, longWindow: 3m }
    slow: { errorBudgetPercent: 5, shortWindow: 30m, longWindow: 6h }
  ticket:
    quick: { errorBudgetPercent: 10, shortWindow: 2h, longWindow: 1d }
    slow: { errorBudgetPercent: 10, shortWindow: 6h, longWindow: 3d }
`;

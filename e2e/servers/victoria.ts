import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Binary,
  freePort,
  launch,
  missing,
  type RunningServer,
  temporaryFolder,
} from "./process.ts";

const VICTORIA: Binary = { name: "victoria-metrics", debianPackage: "victoria-metrics" };

/** Null, or what to install. */
export function missingVictoria(): string | null {
  return missing(VICTORIA);
}

export interface VictoriaOptions {
  /** What it scrapes, as in prometheus.yml; by default nothing. */
  readonly config?: string;
  /** Listen on this port. */
  readonly port?: number;
}

/** Starts Debian's VictoriaMetrics on a free port of loopback; `loadVictoria` gives it data. */
export async function startVictoria(options: VictoriaOptions = {}): Promise<RunningServer> {
  const folder = temporaryFolder("victoria");
  const config = join(folder, "scrape.yml");
  writeFileSync(config, options.config ?? "global: {}\n");
  const address = `127.0.0.1:${options.port ?? (await freePort())}`;
  return launch({
    binary: VICTORIA,
    args: [
      `-storageDataPath=${join(folder, "data")}`,
      `-httpListenAddr=${address}`,
      `-promscrape.config=${config}`,
      "-retentionPeriod=10y",
      "-search.latencyOffset=0s",
      "-search.disableCache",
    ],
    url: `http://${address}`,
    readyPath: "/health",
    folder,
  });
}

/** Imports text in Prometheus's exposition format with timestamps in ms, and makes it readable at once. */
export async function loadVictoria(server: RunningServer, text: string): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/import/prometheus`, {
    method: "POST",
    body: text,
  });
  if (!answer.ok) throw new Error(`VictoriaMetrics refused the import: HTTP ${answer.status}`);
  await fetch(`${server.url}/internal/force_flush`);
}

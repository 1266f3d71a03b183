import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  type Binary,
  freePort,
  launch,
  missing,
  type RunningServer,
  temporaryFolder,
} from "./process.ts";

const PROMETHEUS: Binary = { name: "prometheus", debianPackage: "prometheus" };

/** Null, or what to install. */
export function missingPrometheus(): string | null {
  return missing(PROMETHEUS) ?? missing({ name: "promtool", debianPackage: "prometheus" });
}

export interface PrometheusOptions {
  /** prometheus.yml; by default nothing is scraped. */
  readonly config?: string;
  /** OpenMetrics texts, one a day, loaded as history before the start. */
  readonly history?: Iterable<string>;
  /** Listen on this port, so that a server can come back at the same address. */
  readonly port?: number;
  /** Further arguments, such as features to switch on. */
  readonly flags?: readonly string[];
}

/** Starts Debian's Prometheus on a free port of loopback, with its data in a temporary folder. */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<RunningServer> {
  const folder = temporaryFolder("prometheus");
  const data = join(folder, "data");
  mkdirSync(data);
  for (const day of options.history ?? []) await loadDay(day, folder, data);
  const config = join(folder, "prometheus.yml");
  writeFileSync(config, options.config ?? "global: {}\n");
  const address = `127.0.0.1:${options.port ?? (await freePort())}`;
  return launch({
    binary: PROMETHEUS,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      "--storage.tsdb.retention.time=10y",
      `--web.listen-address=${address}`,
      "--log.level=error",
      ...(options.flags ?? []),
    ],
    url: `http://${address}`,
    readyPath: "/-/ready",
    folder,
  });
}

/** Blocks of a day: with the default of two hours loading takes many times longer. */
async function loadDay(openMetrics: string, folder: string, data: string): Promise<void> {
  const file = join(folder, "day.om");
  writeFileSync(file, openMetrics);
  const args = [
    "tsdb",
    "create-blocks-from",
    "--max-block-duration=24h",
    "openmetrics",
    file,
    data,
  ];
  await promisify(execFile)("promtool", args);
}

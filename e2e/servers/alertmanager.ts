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

const ALERTMANAGER: Binary = {
  name: "prometheus-alertmanager",
  debianPackage: "prometheus-alertmanager",
};

/** Null, or what to install. */
export function missingAlertmanager(): string | null {
  return missing(ALERTMANAGER);
}

/** Starts Debian's Alertmanager on a free port of loopback, without a cluster. */
export async function startAlertmanager(config: string): Promise<RunningServer> {
  const folder = temporaryFolder("alertmanager");
  const file = join(folder, "alertmanager.yml");
  writeFileSync(file, config);
  const address = `127.0.0.1:${await freePort()}`;
  return launch({
    binary: ALERTMANAGER,
    args: [
      `--config.file=${file}`,
      `--storage.path=${join(folder, "data")}`,
      `--web.listen-address=${address}`,
      "--cluster.listen-address=",
    ],
    url: `http://${address}`,
    readyPath: "/-/ready",
    folder,
  });
}

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

/** Starts Debian's Alertmanager on a free port of loopback, which sends everything to one webhook. */
export async function startAlertmanager(to: {
  readonly url: string;
  readonly token: string;
  /** Listen on this port, for those who must know it before. */
  readonly port?: number;
}): Promise<RunningServer> {
  const folder = temporaryFolder("alertmanager");
  const config = join(folder, "alertmanager.yml");
  const receiver = {
    name: "plimsoll",
    webhook_configs: [{ url: to.url, http_config: { authorization: { credentials: to.token } } }],
  };
  const route = { receiver: "plimsoll", group_wait: "10ms", group_interval: "100ms" };
  // JSON is YAML.
  writeFileSync(config, JSON.stringify({ route, receivers: [receiver] }));
  const address = `127.0.0.1:${to.port ?? (await freePort())}`;
  return launch({
    binary: ALERTMANAGER,
    args: [
      `--config.file=${config}`,
      `--storage.path=${join(folder, "data")}`,
      `--web.listen-address=${address}`,
      "--cluster.listen-address=",
      "--log.level=error",
    ],
    url: `http://${address}`,
    readyPath: "/-/ready",
    folder,
  });
}

import { execFileSync, type SpawnSyncOptions, spawnSync } from "node:child_process";
import { chownSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { freePort, type RunningServer, temporaryFolder } from "./process.ts";

const DEBIAN = "/usr/lib/postgresql";

export interface PostgresServer extends RunningServer {
  /** A new empty database; gives its address. */
  createDatabase(): Promise<string>;
}

/** Null, or what to install; with CI=true that is an error. */
export function missingPostgres(): string | null {
  if (binFolder() !== null) return null;
  const sentence = "PostgreSQL is not installed; install it with: apt-get install postgresql";
  if (process.env.CI === "true") throw new Error(sentence);
  return sentence;
}

/** Starts Debian's PostgreSQL on a free port of loopback, with its data in a temporary folder. */
export async function startPostgres(
  options: { readonly durable?: boolean } = {},
): Promise<PostgresServer> {
  const bin = binFolder();
  if (!bin) throw new Error(missingPostgres() ?? "");
  const folder = temporaryFolder("postgres");
  const owner = ownerOf(folder);
  const data = join(folder, "data");
  const run = (program: string, args: string[]) =>
    execFileSync(join(bin, program), args, { ...owner, cwd: folder, stdio: "pipe" });
  run("initdb", ["-D", data, "-U", "plimsoll", "--auth=trust", "--no-sync", "--locale=C.UTF-8"]);
  const port = await freePort();
  const settings = [
    `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder}`,
    options.durable ? "" : "-c fsync=off -c synchronous_commit=off",
  ].join(" ");
  run("pg_ctl", ["-D", data, "-w", "-l", join(folder, "log"), "-o", settings, "start"]);
  const base = `postgres://plimsoll@127.0.0.1:${port}`;
  const stop = async () => {
    run("pg_ctl", ["-D", data, "-w", "-m", "immediate", "stop"]);
    rmSync(folder, { recursive: true, force: true });
  };
  let created = 0;
  return {
    url: `${base}/postgres`,
    folder,
    stop,
    [Symbol.asyncDispose]: stop,
    async createDatabase() {
      const name = `plimsoll_${++created}`;
      const client = new pg.Client(`${base}/postgres`);
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return `${base}/${name}`;
    },
  };
}

/** Debian keeps each version's programs in a folder of its own; the newest counts. */
function binFolder(): string | null {
  if (!existsSync(DEBIAN)) return null;
  const folders = readdirSync(DEBIAN)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, "bin"));
  return folders.find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

/** PostgreSQL refuses to run as root: then it runs as Debian's own user. */
function ownerOf(folder: string): Pick<SpawnSyncOptions, "uid" | "gid"> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(spawnSync("id", [flag, "postgres"]).stdout.toString());
  const owner = { uid: id("-u"), gid: id("-g") };
  chownSync(folder, owner.uid, owner.gid);
  return owner;
}

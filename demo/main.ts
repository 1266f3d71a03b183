import { join } from "node:path";
import { parseArgs } from "node:util";
import { tellAlerts } from "#demo/launch/alerts.ts";
import { ensureBuild, tailOf } from "#demo/launch/build.ts";
import { claimDemo } from "#demo/launch/claim.ts";
import { type DemoFolder, prepareFolder } from "#demo/launch/folder.ts";
import { playLastAct, silenceEdge } from "#demo/launch/lastact.ts";
import { askGate, seedExceptions } from "#demo/launch/policy.ts";
import { freePort } from "#demo/launch/port.ts";
import { type Product, startProduct } from "#demo/launch/product.ts";
import { untilPopulated, untilReady } from "#demo/launch/progress.ts";
import { DemoError, say } from "#demo/launch/say.ts";
import { type StandIns, startStandIns } from "#demo/launch/standins.ts";

const HELP = `npm run demo [-- --fresh]

Shows Plimsoll with 12 services, 30 SLOs and 60 days of history, with their deployments and incidents, on this machine alone.
  --fresh   forget what an earlier run left in .plimsoll/demo
  PORT      where to listen (default 3000, or the next port that is free)
`;

const root = join(import.meta.dirname, "..");
const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => stopping.abort());
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { fresh: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return void process.stdout.write(HELP);
  const claim = claimDemo(root);
  const folder = prepareFolder(root, { now: Date.now(), fresh: values.fresh ?? false });
  await seedExceptions(folder);
  say(folder.reused ? "data: that of the last run goes on" : "data: a new story in .plimsoll/demo");
  const standIns = await startStandIns(folder.state.anchor);
  say("stand-ins for two Prometheus servers and for GitHub answer on loopback");
  try {
    await ensureBuild(root, join(folder.path, "build.log"), stopping.signal);
    if (!stopping.signal.aborted) await run(folder, standIns);
  } finally {
    await standIns.close();
    claim.release();
  }
  say("stopped");
}

async function run(folder: DemoFolder, { urls }: StandIns): Promise<void> {
  if (folder.state.complete) await silenceEdge(urls);
  const port = await choosePort();
  if (stopping.signal.aborted) return;
  const logPath = join(folder.path, "plimsoll.log");
  const product = startProduct({ root, folder: folder.path, port, urls, logPath });
  stopping.signal.addEventListener("abort", () => void product.stop(), { once: true });
  await populate(folder, product, urls);
  const code = await product.ended;
  if (stopping.signal.aborted) return;
  throw new DemoError(`Plimsoll ended by itself (exit code ${code}):\n${tailOf(logPath)}`);
}

async function choosePort(): Promise<number> {
  const wanted = Number(process.env.PORT || 3000);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) {
    throw new DemoError(`PORT must be a number from 1 to 65535, got ${process.env.PORT}`);
  }
  const port = await freePort(wanted);
  if (port !== wanted) say(`port ${wanted} is taken, so ${port} is used`);
  return port;
}

async function populate(folder: DemoFolder, product: Product, urls: StandIns["urls"]) {
  say("starting Plimsoll");
  const signal = AbortSignal.any([stopping.signal, product.over]);
  await untilReady(product.url, signal);
  if (!signal.aborted) say(`open ${product.url} (it fills, newest days first)`);
  await untilPopulated(product.url, signal);
  if (signal.aborted) return;
  if (!folder.state.complete) {
    await askGate(product.url);
    await tellAlerts(product.url, folder.state.anchor);
  }
  await playLastAct(folder, urls);
  say(`populated: ${product.url}   (Ctrl-C ends it)`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof DemoError)) throw error;
  process.stderr.write(`demo: ${error.message}\n`);
  process.exitCode = 1;
}

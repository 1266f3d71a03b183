import { parentPort, workerData } from "node:worker_threads";
import { PGlite, types } from "@electric-sql/pglite";
import { INT8, parseInt8 } from "#db/int8.ts";
import {
  type Answer,
  type Call,
  postError,
  type QueryOptions,
  type Request,
  type WorkerOptions,
} from "#db/pglite/protocol.ts";

/**
 * The embedded database lives in a thread of its own: a query keeps its thread busy, for large ones
 * up to some tenths of a second. The main thread decides the order of calls (client.ts).
 */
const port = parentPort;
if (!port) throw new Error("db/pglite/worker.ts runs as a worker thread only");

const asText = (value: string) => value;
const ARRAYS_OF_DATES = [1115, 1182, 1185, 1187, 1231];
const RAW_DATES = Object.fromEntries(
  [types.TIMESTAMP, types.TIMESTAMPTZ, types.DATE, types.INTERVAL, ...ARRAYS_OF_DATES].map(
    (type) => [type, asText],
  ),
);

const { dataDir, from } = workerData as WorkerOptions;
const opening = PGlite.create({
  ...(dataDir ? { dataDir } : {}),
  ...(from ? { loadDataDir: new Blob([from as Uint8Array<ArrayBuffer>]) } : {}),
  parsers: { [INT8]: parseInt8 },
  postgresqlconf: ["shared_buffers=16MB"],
});
const unlisten = new Map<string, () => Promise<void>>();

port.on("message", (request: Request) => {
  handle(request.call).then(
    (value) => post({ id: request.id, value }),
    (error) => post({ id: request.id, error: postError(error) }),
  );
});

function post(answer: Answer): void {
  const dump = "value" in answer && answer.value instanceof Uint8Array ? answer.value : null;
  port?.postMessage(answer, dump ? [dump.buffer as ArrayBuffer] : []);
}

async function handle(call: Call): Promise<unknown> {
  const pg = await opening;
  switch (call.kind) {
    case "query":
      return pg.query(call.text, [...call.values], queryOptions(call.options));
    case "exec":
      return pg.exec(call.text);
    case "dump":
      await pg.exec("CHECKPOINT");
      return new Uint8Array(await (await pg.dumpDataDir("none")).arrayBuffer());
    case "listen":
      unlisten.set(
        call.channel,
        await pg.listen(call.channel, (payload) => post({ channel: call.channel, payload })),
      );
      return null;
    case "unlisten":
      await unlisten.get(call.channel)?.();
      return null;
    case "close":
      await pg.exec("CHECKPOINT");
      await pg.close();
      return null;
  }
}

function queryOptions({ rowMode, rawDates }: QueryOptions) {
  return {
    rowMode: rowMode ?? ("object" as const),
    ...(rawDates ? { parsers: RAW_DATES } : {}),
  };
}

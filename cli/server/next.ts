import { IncomingMessage, type Server } from "node:http";
import next from "next";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import type { Handler } from "#cli/server/edge.ts";
import type { Place } from "#cli/server/listen.ts";

/** Next in this process: pages and routes. Instrumentation has run when this is done. */
export async function openNext(
  server: Server,
  { host, port }: Place,
  dev: boolean,
): Promise<Handler> {
  const app = next({ dev, hostname: host, port, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();
  return (request, response) => {
    dropBadState(request);
    quietenHangUp(request);
    return handle(request, response);
  };
}

const STATE = "next-router-state-tree";

/** What a page has already: where that makes no sense Next would answer 500, so it gets the whole page. */
export function dropBadState({ headers }: Pick<IncomingMessage, "headers">): void {
  try {
    parseAndValidateFlightRouterState(headers[STATE]);
  } catch {
    delete headers[STATE];
  }
}

/**
 * Next puts another stream into the request, without its listeners: a client that hung up would then
 * be an uncaught exception, and a line in the log for each. Hanging up is no error.
 */
function quietenHangUp(request: IncomingMessage): void {
  const destroy = () => IncomingMessage.prototype.destroy.call(request);
  Object.defineProperty(request, "destroy", { get: () => destroy, set: () => undefined });
}

import type { Server } from "node:http";
import type { Socket } from "node:net";
import { Shares } from "#cli/server/shares.ts";
import { isTrusted } from "#lib/access/caller.ts";

interface CrowdBounds {
  readonly connections: number;
  readonly trustedProxies: readonly string[];
}

/** Nobody but a trusted proxy may hold more than a share of the connections: the next is closed at once. */
export function boundConnections(server: Server, bounds: CrowdBounds): void {
  const shares = new Shares(bounds.connections);
  server.maxConnections = bounds.connections;
  server.on("connection", (socket: Socket) => {
    const peer = socket.remoteAddress ?? "";
    if (isTrusted(peer, bounds.trustedProxies)) return;
    shares.add(peer, 1);
    socket.once("close", () => shares.add(peer, -1));
    if (shares.isOver(peer)) socket.destroy();
  });
}

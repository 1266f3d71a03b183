import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigError } from "#config/error.ts";

/** Where a server listens; its port is known even when any free one was asked for. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Begins to listen; an address that cannot be had is a mistake of the configuration. */
export function listen(server: Server, { host, port }: Place): Promise<Place> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(reasonOf(error, { host, port })));
    server.listen(port, host, () => {
      const { port: actual } = server.address() as AddressInfo;
      resolve({ host, port: actual });
    });
  });
}

function reasonOf(error: NodeJS.ErrnoException, { host, port }: Place): Error {
  if (error.code === "EADDRINUSE") {
    return new ConfigError(`port ${port} of ${host} is in use; set PORT to another`);
  }
  if (error.code === "EACCES") return new ConfigError(`port ${port} may not be opened; set PORT`);
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new ConfigError(`${host} is no address of this machine; set PLIMSOLL_HOST`);
  }
  return error;
}

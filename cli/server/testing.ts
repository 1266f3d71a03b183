import { connect, type Socket } from "node:net";

/** One connection, spoken to byte by byte. */
export interface Wire {
  readonly socket: Socket;
  send(bytes: string | Buffer): void;
  /** All that came, once it matches. */
  until(pattern: RegExp): Promise<string>;
  /** All that came, once the other end has closed. */
  ended(): Promise<string>;
}

/** Opens a connection to a port of this machine. */
export async function openWire(port: number): Promise<Wire> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  let text = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk) => {
    text += chunk;
  });
  // A server that closes while we still write resets the connection; what it answered counts.
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.once("end", resolve).once("close", () => resolve());
  });
  await new Promise((resolve) => socket.once("connect", resolve));
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(text)) resolve(text);
        };
        socket.on("data", look);
        void closed.then(() => reject(new Error(`closed before ${pattern}: ${text}`)));
        look();
      }),
    async ended() {
      await closed;
      socket.destroy();
      return text;
    },
  };
}

/** Sends all of it and gives everything that came back. */
export async function exchange(port: number, ...pieces: (string | Buffer)[]): Promise<string> {
  const wire = await openWire(port);
  for (const piece of pieces) wire.send(piece);
  return wire.ended();
}

/** The status of a whole response; 0 when nothing came. */
export function statusOf(response: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(response)?.[1] ?? 0);
}

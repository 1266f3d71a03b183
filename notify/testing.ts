import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Resolve } from "#notify/resolve.ts";

/** A name server on loopback, whose every answer is the next of a list. */
export interface NameServer extends AsyncDisposable {
  readonly resolve: Resolve;
  /** How often it was asked for IPv4 addresses. */
  asked(): number;
}

const A = 1;

/** Answers A questions with `answers` in turn, the last one again and again, and has nothing else. */
export async function startNameServer(answers: readonly string[][]): Promise<NameServer> {
  const socket = createSocket("udp4");
  let asked = 0;
  socket.on("message", (question, from) => {
    const forIpv4 = typeOf(question) === A;
    const addresses = forIpv4 ? (answers[Math.min(asked++, answers.length - 1)] ?? []) : [];
    socket.send(answerTo(question, addresses), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    asked: () => asked,
    async resolve(name) {
      const [ipv4, ipv6] = await Promise.all([
        resolver.resolve4(name).catch(() => []),
        resolver.resolve6(name).catch(() => []),
      ]);
      return [...ipv4, ...ipv6];
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

const HEADER = 12;

/** Where the question's name ends: labels by length, then a zero. */
function endOfName(message: Buffer): number {
  let at = HEADER;
  while (message.readUInt8(at) !== 0) at += message.readUInt8(at) + 1;
  return at + 1;
}

function typeOf(question: Buffer): number {
  return question.readUInt16BE(endOfName(question));
}

function answerTo(question: Buffer, addresses: readonly string[]): Buffer {
  const end = endOfName(question) + 4;
  const header = Buffer.from(question.subarray(0, HEADER));
  // An answer without error, to a question that may be asked of others.
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(addresses.length, 6);
  header.writeUInt32BE(0, 8);
  const records = addresses.map((address) =>
    Buffer.from([0xc0, HEADER, 0, A, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split(".").map(Number)]),
  );
  return Buffer.concat([header, question.subarray(HEADER, end), ...records]);
}

export interface WebServer extends AsyncDisposable {
  readonly port: number;
  connections(): number;
}

/** A web server on one address of this machine. */
export async function startWebServer(
  listener: RequestListener,
  { host = "127.0.0.1", port = 0 } = {},
): Promise<WebServer> {
  const server = createServer(listener);
  let connections = 0;
  server.on("connection", () => connections++);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: given } = server.address() as AddressInfo;
  return {
    port: given,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import type { IncomingMessage, Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { BOUNDS, type Bounds } from "#cli/server/bounds.ts";
import { type EdgeOptions, edgeServer, type Handler } from "#cli/server/edge.ts";
import { listen } from "#cli/server/listen.ts";
import { exchange, openWire, statusOf } from "#cli/server/testing.ts";
import { ConfigError } from "#config/error.ts";

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server whose handler reads the whole body and answers with what it was given. */
async function serve(
  bounds: Partial<Bounds> = {},
  options: Partial<EdgeOptions> = {},
  handle: Handler = echo,
): Promise<number> {
  const server = edgeServer(
    { trustedProxies: [], https: false, dev: false, ...options, bounds: { ...BOUNDS, ...bounds } },
    handle,
  );
  open.push(server);
  return (await listen(server, { host: "127.0.0.1", port: 0 })).port;
}

const echo: Handler = async (request, response) => {
  const bytes = await sizeOf(request);
  response.end(JSON.stringify({ url: request.url, bytes, headers: request.headers }));
};

async function sizeOf(request: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  return bytes;
}

const CLOSE = "Host: localhost\r\nConnection: close\r\n";
const MIB = 1024 * 1024;
const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`;

describe("a request that is well", () => {
  test("goes on with its body, and comes back with headers that a browser obeys", async () => {
    const port = await serve();
    const answer = await exchange(
      port,
      `POST /a?b HTTP/1.1\r\n${CLOSE}Content-Length: 3\r\n\r\nabc`,
    );
    expect(statusOf(answer)).toBe(200);
    expect(answer).toMatch(/"url":"\/a\?b","bytes":3/);
    expect(answer).toMatch(/x-content-type-options: nosniff/i);
    expect(answer).not.toMatch(/strict-transport-security/i);
  });

  test("is to come by https from then on, where people reach us by https", async () => {
    const port = await serve({}, { https: true });
    const answer = await exchange(port, `GET / HTTP/1.1\r\n${CLOSE}\r\n`);
    expect(answer).toMatch(/strict-transport-security: max-age=31536000/i);
  });

  test("may ask first whether its body is welcome", async () => {
    const port = await serve();
    const ask = (length: number) =>
      `POST / HTTP/1.1\r\n${CLOSE}Expect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`;
    const wire = await openWire(port);
    wire.send(ask(2));
    await wire.until(/100 Continue/);
    wire.send("ok");
    expect(await wire.ended()).toMatch(/"bytes":2/);
    expect(statusOf(await exchange(port, ask(9 * MIB)))).toBe(413);
  });

  test("does not become another protocol", async () => {
    const port = await serve();
    const upgrade = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    const answer = await exchange(
      port,
      `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\n${upgrade}\r\n`,
    );
    expect(statusOf(answer)).toBe(200);
  });
});

describe("headers", () => {
  const forged = [
    "X-Forwarded-For: 1.2.3.4",
    "X-Forwarded-Host: evil.example",
    "X-Real-IP: 1.2.3.4",
    "Forwarded: for=1.2.3.4",
    "X-Plimsoll-Address: 1.2.3.4",
    "X-Plimsoll-Path: /evil",
    "X-Middleware-Subrequest: proxy:proxy:proxy",
    "X-Middleware-Override-Headers: cookie",
    "X-Nextjs-Data: 1",
    "Content-Security-Policy: script-src 'nonce-evil'",
  ].join("\r\n");

  const headersAt = async (trustedProxies: string[]) => {
    const port = await serve({}, { trustedProxies });
    const answer = await exchange(port, `GET / HTTP/1.1\r\n${CLOSE}${forged}\r\nRSC: 1\r\n\r\n`);
    return JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4)).headers;
  };

  test("that a client forged do not go on; those of Next's own pages do", async () => {
    const headers = await headersAt(["10.0.0.0/8"]);
    expect(headers).toEqual({
      host: "localhost",
      connection: "close",
      rsc: "1",
      "x-plimsoll-address": "127.0.0.1",
    });
  });

  test("of a trusted proxy are believed, but not those that are ours alone", async () => {
    expect(await headersAt(["127.0.0.0/8"])).toEqual({
      host: "localhost",
      connection: "close",
      rsc: "1",
      "x-forwarded-for": "1.2.3.4",
      "x-forwarded-host": "evil.example",
      "x-real-ip": "1.2.3.4",
      forwarded: "for=1.2.3.4",
      "x-plimsoll-address": "1.2.3.4",
    });
  });
});

describe("a body that is too large", () => {
  test.each<[string, string[]]>([
    ["says so beforehand", [`Content-Length: ${MIB + 1}\r\n\r\n`, "x".repeat(MIB + 1)]],
    ["says so, and sends nothing", [`Content-Length: ${MIB + 1}\r\n\r\n`]],
    ["grows in chunks", ["Transfer-Encoding: chunked\r\n\r\n", chunk(MIB), chunk(1), chunk(MIB)]],
    ["grows without an end", ["Transfer-Encoding: chunked\r\n\r\n", chunk(MIB), chunk(1)]],
  ])("and %s is refused with a sentence", async (_, rest) => {
    let asked = 0;
    const port = await serve({}, {}, async (_, response) => {
      asked++;
      response.end("took it");
    });
    const answer = await exchange(port, `POST /api/v1/slos HTTP/1.1\r\n${CLOSE}`, ...rest);
    expect(statusOf(answer)).toBe(413);
    expect(answer).toMatch(
      /"code":"too-large","message":"The body may have at most 1048576 bytes\."/,
    );
    expect(asked).toBe(0);
  });

  test("may be larger for a webhook", async () => {
    const port = await serve();
    const send = (rest: string[]) =>
      exchange(port, `POST /api/webhooks/github HTTP/1.1\r\n${CLOSE}`, ...rest);
    const whole = ["Transfer-Encoding: chunked\r\n\r\n", ...Array(5).fill(chunk(MIB))];
    expect(await send([...whole, "0\r\n\r\n"])).toMatch(`"bytes":${5 * MIB}`);
    expect(statusOf(await send([...whole, chunk(1), "0\r\n\r\n"]))).toBe(413);
  });

  /** Takes in bodies, says when it has so many, and answers none before it is told to. */
  const holding = async () => {
    const answered = Promise.withResolvers<void>();
    const arrivals = Array.from({ length: 10 }, () => Promise.withResolvers<void>());
    let count = 0;
    const hold: Handler = async (_, response) => {
      arrivals[count++]?.resolve();
      await answered.promise;
      response.end("ok");
    };
    const port = await serve({ bodyBytes: 8 * SHARE }, { trustedProxies: ["127.0.0.1"] }, hold);
    const taken = (many: number) => arrivals[many - 1]?.promise;
    return { port, taken, answer: answered.resolve };
  };
  const SHARE = 100 * 1024;
  const SMALL = 64 * 1024;
  const post = (from: string, bytes: number) =>
    `POST / HTTP/1.1\r\n${CLOSE}X-Forwarded-For: ${from}\r\nContent-Length: ${bytes}\r\n\r\n${"x".repeat(bytes)}`;

  test("with others of its caller is refused beyond an eighth of all, until they are answered", async () => {
    const { port, taken, answer } = await holding();
    const first = exchange(port, post("2001:db8::1", SHARE));
    await taken(1);
    const second = await exchange(port, post("2001:db8::2", SMALL + 1));
    expect(statusOf(second)).toBe(429);
    expect(second).toMatch(/retry-after: 10/i);
    expect(second).toMatch(/"code":"too-much-at-once"/);
    const small = exchange(port, post("2001:db8::2", SMALL));
    const another = exchange(port, post("192.0.2.2", SHARE));
    await taken(3);
    answer();
    const answers = await Promise.all([first, small, another]);
    expect(answers.map(statusOf)).toEqual([200, 200, 200]);
    expect(statusOf(await exchange(port, post("2001:db8::2", SHARE)))).toBe(200);
  });

  test("with all others is refused until they are answered, unless it is small", async () => {
    const { port, taken, answer } = await holding();
    const first = Array.from({ length: 8 }, (_, i) => exchange(port, post(`192.0.2.${i}`, SHARE)));
    await taken(8);
    const ninth = await exchange(port, post("192.0.2.99", SMALL + 1));
    expect(statusOf(ninth)).toBe(503);
    expect(ninth).toMatch(/retry-after: 10/i);
    const small = exchange(port, post("192.0.2.99", SMALL));
    await taken(9);
    answer();
    const answers = await Promise.all([...first, small]);
    expect(answers.map(statusOf)).toEqual(Array(9).fill(200));
    expect(statusOf(await exchange(port, post("192.0.2.99", SHARE)))).toBe(200);
  });
});

describe("connections", () => {
  const get = `GET / HTTP/1.1\r\n${CLOSE}\r\n`;

  test("of one address are closed at once beyond an eighth of all, until another ends", async () => {
    const port = await serve({ connections: 16 });
    const held = await Promise.all([openWire(port), openWire(port)]);
    expect(await exchange(port, get)).toBe("");
    held[0]?.send(get);
    expect(statusOf((await held[0]?.ended()) ?? "")).toBe(200);
    expect(statusOf(await exchange(port, get))).toBe(200);
    held[1]?.socket.destroy();
  });

  test("of a trusted proxy have no share", async () => {
    const port = await serve({ connections: 16 }, { trustedProxies: ["127.0.0.0/8"] });
    const held = await Promise.all(Array.from({ length: 15 }, () => openWire(port)));
    expect(statusOf(await exchange(port, get))).toBe(200);
    for (const { socket } of held) socket.destroy();
  });
});

describe("a client that is too slow", () => {
  const bounds = { headersMs: 100, requestMs: 200 };

  test.each([
    ["sends nothing", ""],
    ["stops in its first line", "GET / HT"],
    ["stops in its headers", "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: "],
    ["stops in its body", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc"],
    [
      "stops in a chunk",
      "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    ],
  ])("and %s is answered with 408 and hung up on", async (_, bytes) => {
    const port = await serve(bounds);
    expect(statusOf(await exchange(port, bytes))).toBe(408);
  });

  test("and trickles its body byte by byte is hung up on all the same", async () => {
    const port = await serve(bounds);
    const wire = await openWire(port);
    wire.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n");
    const trickle = setInterval(() => wire.send("x"), 10);
    expect(statusOf(await wire.ended())).toBe(408);
    clearInterval(trickle);
  });

  test("and does not read its answer is let go", async () => {
    const closed = Promise.withResolvers<void>();
    const port = await serve({ idleMs: 100 }, {}, async (_, response) => {
      response.once("close", closed.resolve);
      response.end(Buffer.alloc(32 * MIB));
    });
    const wire = await openWire(port);
    wire.socket.pause();
    wire.send(`GET / HTTP/1.1\r\n${CLOSE}\r\n`);
    await closed.promise;
    wire.socket.destroy();
  });

  test("does not make one that is working slow: an answer may take longer than its request", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const port = await serve(bounds, {}, async (_, response) => {
      await promise;
      response.end("late");
    });
    const late = exchange(port, `GET / HTTP/1.1\r\n${CLOSE}\r\n`);
    expect(statusOf(await exchange(port, ""))).toBe(408);
    resolve();
    expect(statusOf(await late)).toBe(200);
  });
});

describe("what is no request", () => {
  test.each<[string, number, string]>([
    ["a TLS handshake", 400, "\x16\x03\x01\x02\x00\x01\x00"],
    ["another protocol", 400, "SSH-2.0-x\r\n\r\n"],
    ["no host", 400, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"],
    ["two hosts", 400, `GET / HTTP/1.1\r\n${CLOSE}Host: evil.example\r\n\r\n`],
    [
      "a length and chunks",
      400,
      `POST / HTTP/1.1\r\n${CLOSE}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\n${CLOSE}\r\n`,
    ],
    [
      "chunks and a length",
      400,
      `POST / HTTP/1.1\r\n${CLOSE}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    ],
    [
      "two lengths",
      400,
      `POST / HTTP/1.1\r\n${CLOSE}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
    ],
    ["a length below zero", 400, `POST / HTTP/1.1\r\n${CLOSE}Content-Length: -1\r\n\r\n`],
    ["a length with a plus", 400, `POST / HTTP/1.1\r\n${CLOSE}Content-Length: +3\r\n\r\nabc`],
    [
      "an encoding that hides chunks",
      400,
      `POST / HTTP/1.1\r\n${CLOSE}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      "chunks that are not last",
      400,
      `POST / HTTP/1.1\r\n${CLOSE}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    ],
    [
      "a header name with a space",
      400,
      `POST / HTTP/1.1\r\n${CLOSE}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      "a folded header",
      400,
      `GET / HTTP/1.1\r\n${CLOSE}X-A: b\r\n c\r\n\r\n`.replace("X-A", "Transfer-Encoding"),
    ],
    ["NUL in a header", 400, `GET / HTTP/1.1\r\n${CLOSE}X-A: a\0b\r\n\r\n`],
    ["lines that end in LF alone", 400, "GET / HTTP/1.1\nHost: localhost\n\n"],
    [
      "a chunk of no size",
      400,
      `POST / HTTP/1.1\r\n${CLOSE}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    ],
    ["too many headers", 431, `GET / HTTP/1.1\r\n${CLOSE}X-A: ${"a".repeat(20_000)}\r\n\r\n`],
    ["too long an address", 414, `GET /${"a".repeat(9_000)} HTTP/1.1\r\n${CLOSE}\r\n`],
    ["a tunnel", 405, "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n"],
    ["an echo", 405, `TRACE / HTTP/1.1\r\n${CLOSE}\r\n`],
    ["an address elsewhere", 400, `GET http://evil.example/ HTTP/1.1\r\n${CLOSE}\r\n`],
  ])("(%s) is answered with %i and nothing of it goes on", async (_, status, bytes) => {
    const seen: (string | undefined)[] = [];
    const port = await serve({}, {}, async (request, response) => {
      seen.push(request.url);
      await sizeOf(request);
      response.end();
    });
    const answer = await exchange(port, Buffer.from(bytes, "latin1"));
    expect(statusOf(answer)).toBe(status);
    expect(answer).toMatch(/content-type: application\/json/i);
    expect(answer).toMatch(/\{"error":\{"code":"[a-z-]+","message":"[^"]+","details":\[\]\}\}$/);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(seen).not.toContain("/admin");
  });

  test("is not answered into the middle of another answer", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const port = await serve({}, {}, async (_, response) => {
      response.write("half");
      await promise;
      response.end(" whole");
    });
    const wire = await openWire(port);
    wire.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await wire.until(/half/);
    wire.send("nonsense\r\n\r\n");
    expect((await wire.ended()).match(/HTTP\/1\.1 /g)).toHaveLength(1);
    resolve();
  });
});

describe("a handler that fails", () => {
  test("is answered with 500 and no stack, and the server lives on", async () => {
    const port = await serve({}, {}, async (request) => {
      if (request.url === "/bad") throw new Error("planted");
      throw Object.assign(new Error("planted too"), { stack: undefined });
    });
    for (const path of ["/bad", "/worse"]) {
      const answer = await exchange(port, `GET ${path} HTTP/1.1\r\n${CLOSE}\r\n`);
      expect(statusOf(answer)).toBe(500);
      expect(answer).not.toMatch(/planted|at .*\.ts/);
    }
  });
});

describe("listening", () => {
  test("where someone else listens is a mistake with a sentence", async () => {
    const port = await serve();
    const second = edgeServer({ trustedProxies: [], https: false, dev: false }, echo);
    const failure = listen(second, { host: "127.0.0.1", port });
    await expect(failure).rejects.toThrow(ConfigError);
    await expect(failure).rejects.toThrow(
      `port ${port} of 127.0.0.1 is in use; set PORT to another`,
    );
  });
});

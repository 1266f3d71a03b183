import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Network, readNetwork } from "#lib/net/network.ts";
import { fetchOutbound } from "#notify/outbound.ts";
import { HIDDEN_ADDRESSES } from "#notify/spellings.ts";
import {
  type NameServer,
  startNameServer,
  startWebServer,
  type WebServer,
} from "#notify/testing.ts";

const networks = (...texts: string[]): Network[] =>
  texts.flatMap((text) => readNetwork(text) ?? []);
const HERE = { allow: networks("127.0.0.1") };
const to = (...addresses: string[]) => ({ allow: [], resolve: async () => addresses });

/** Closed after the test that opened them. */
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server[Symbol.asyncDispose]();
});
async function webServer(...given: Parameters<typeof startWebServer>): Promise<WebServer> {
  const server = await startWebServer(...given);
  opened.push(server);
  return server;
}
async function nameServer(answers: readonly string[][]): Promise<NameServer> {
  const server = await startNameServer(answers);
  opened.push(server);
  return server;
}

let inside: WebServer;
beforeAll(async () => {
  inside = await startWebServer((_, answer) => answer.end("inside"));
});
afterAll(() => inside[Symbol.asyncDispose]());

describe("an address that is not public is refused in every spelling", () => {
  const cases = Object.entries(HIDDEN_ADDRESSES).flatMap(([kind, hosts]) =>
    hosts.flatMap((host) => [
      [kind, `http://${host}:PORT/`] as const,
      [kind, `https://${host}:PORT/`] as const,
    ]),
  );

  test(`${cases.length} URLs, and not one connection`, async () => {
    const before = inside.connections();
    const through: string[] = [];
    const resolve = async (name: string): Promise<string[]> => {
      through.push(`${name} was resolved`);
      return [];
    };
    for (const [kind, url] of cases) {
      const typed = url.replace("PORT", String(inside.port));
      const { outcome } = await fetchOutbound(typed, {}, { allow: [], resolve });
      if (outcome !== "refused") through.push(`${kind}: ${typed} was ${outcome}`);
    }
    console.log(`${cases.length} hidden addresses: ${through.length} got through`);
    expect(through).toEqual([]);
    expect(inside.connections() - before).toBe(0);
  });

  test.each(["localhost", "localhost.", "LOCALHOST", "loc\uff41lhost"])(
    "the name %s, which this machine itself resolves",
    async (host) => {
      const given = await fetchOutbound(`http://${host}:${inside.port}/`, {}, { allow: [] });
      expect(given).toMatchObject({
        outcome: "refused",
        reason: expect.stringContaining("loopback"),
      });
    },
  );

  test.each([
    ["127.0.0.1"],
    ["10.0.0.1"],
    ["169.254.169.254"],
    ["::1"],
    ["::ffff:127.0.0.1"],
    ["fe80::1%eth0"],
    ["8.8.8.8", "127.0.0.1"],
    ["2606:4700::1111", "fd00::1"],
    ["nonsense"],
  ])("a name that leads to %s", async (...addresses) => {
    const given = await fetchOutbound("http://hooks.example/", {}, to(...addresses));
    expect(given.outcome).toBe("refused");
  });
});

describe("URLs that are no webhooks'", () => {
  test.each<readonly [string, RegExp]>([
    ["ftp://hooks.example", /not an http or https URL/],
    ["file:///etc/passwd", /not an http or https URL/],
    ["gopher://127.0.0.1:6379/_x", /not an http or https URL/],
    ["javascript:alert(1)", /not an http or https URL/],
    ["hooks.example", /not an http or https URL/],
    ["", /not an http or https URL/],
    ["http://me:secret@hooks.example", /user name or password/],
    ["http://me@hooks.example", /user name or password/],
    ["http://hooks.example\\@127.0.0.1/", /its address is reserved/],
    ["http://hooks.example..", /names no host/],
    ...[0, 1, 22, 25, 110, 587, 1023, 2049, 6379, 6667, 9100, 11211].map(
      (port) => [`http://hooks.example:${port}`, /is not one where web servers listen/] as const,
    ),
  ])("%s", async (url, reason) => {
    const given = await fetchOutbound(url, {}, to("192.0.2.1"));
    expect(given).toMatchObject({ outcome: "refused", reason: expect.stringMatching(reason) });
    expect(JSON.stringify(given)).not.toContain("secret");
  });
});

describe("what the configuration allows", () => {
  test.each(["127.0.0.1", "0x7f.1", "2130706433", "\uff11\uff12\uff17.1", "127.0.0.1."])(
    "is asked in each spelling: %s",
    async (host) => {
      const given = await fetchOutbound(`http://${host}:${inside.port}/`, {}, HERE);
      expect(given).toMatchObject({ outcome: "answered", body: "inside", address: "127.0.0.1" });
    },
  );

  test.each([
    ["http://127.0.0.2", ["127.0.0.1"]],
    ["http://10.0.0.1", ["10.0.0.2/31", "192.168.0.0/16"]],
    ["http://[::1]", ["127.0.0.0/8"]],
    ["http://169.254.169.254", ["169.254.0.0/16", "127.0.0.1"]],
    ["http://169.254.169.254", ["0.0.0.0/0", "::/0"]],
    ["http://[::ffff:169.254.169.254]", ["0.0.0.0/0", "::/0"]],
    ["http://[fd00:ec2::254]", ["fc00::/7"]],
    ["http://0.0.0.0", ["0.0.0.0/0"]],
    ["http://224.0.0.1", ["0.0.0.0/0"]],
    ["http://metadata.google.internal", ["0.0.0.0/0", "::/0"]],
  ])("%s stays refused with %j", async (url, allow) => {
    const policy = { allow: networks(...allow), resolve: async () => ["127.0.0.1"] };
    expect(await fetchOutbound(url, {}, policy)).toMatchObject({ outcome: "refused" });
  });
});

describe("a name that changes its address", () => {
  test("is resolved once, and what was checked is what is connected to", async () => {
    const fit = await webServer((_, answer) => answer.end("fit"), { host: "127.0.0.2" });
    const unfit = await webServer((_, answer) => answer.end("unfit"), {
      port: fit.port,
    });
    const names = await nameServer([["127.0.0.2"], ["127.0.0.1"]]);
    const policy = { allow: networks("127.0.0.2"), resolve: names.resolve };
    const url = `http://rebind.example:${fit.port}/`;
    const given = await fetchOutbound(url, {}, policy);
    expect(given).toMatchObject({ outcome: "answered", body: "fit", address: "127.0.0.2" });
    expect([names.asked(), unfit.connections()]).toEqual([1, 0]);
    // The second time it has moved, and is refused.
    expect(await fetchOutbound(url, {}, policy)).toMatchObject({ outcome: "refused" });
    expect([names.asked(), unfit.connections()]).toEqual([2, 0]);
    console.log(`rebinding: ${unfit.connections()} of 2 requests reached the unfit address`);
  });

  test("a name with a fit and an unfit address at once is refused", async () => {
    const names = await nameServer([["127.0.0.2", "127.0.0.1"]]);
    const policy = { allow: networks("127.0.0.2"), resolve: names.resolve };
    const given = await fetchOutbound(`http://both.example:${inside.port}/`, {}, policy);
    expect(given).toMatchObject({ outcome: "refused" });
  });

  test("a name without an address may have one another time", async () => {
    const names = await nameServer([[]]);
    const given = await fetchOutbound(
      "http://none.example",
      {},
      { ...HERE, resolve: names.resolve },
    );
    expect(given).toMatchObject({ outcome: "failed", kind: "name" });
  });
});

describe("what is sent and what comes back", () => {
  const urlOf = ({ port }: WebServer) => `http://127.0.0.1:${port}/hook?key=s3cret`;

  test("method, headers and body arrive as they are, with the host of the URL", async () => {
    const seen: string[] = [];
    const server = await webServer(async (request, answer) => {
      seen.push(`${request.method} ${request.url} ${request.headers.host}`);
      seen.push(String(request.headers["webhook-id"]), String(request.headers["content-length"]));
      for await (const chunk of request) seen.push(String(chunk));
      answer.writeHead(202, { "retry-after": "7" }).end("thanks");
    });
    const init = { headers: { "Webhook-Id": "1", Host: "evil.example" }, body: "grüße" };
    const given = await fetchOutbound(urlOf(server), init, HERE);
    expect(given).toMatchObject({ status: 202, body: "thanks", cut: false, retryAfter: "7" });
    expect(seen).toEqual([`POST /hook?key=s3cret 127.0.0.1:${server.port}`, "1", "7", "grüße"]);
  });

  test.each([301, 302, 303, 307, 308, 300])("a redirect (%i) is not followed", async (status) => {
    const before = inside.connections();
    for (const location of ["http://169.254.169.254/", `http://127.0.0.1:${inside.port}/`]) {
      const server = await webServer((_, answer) => answer.writeHead(status, { location }).end());
      const given = await fetchOutbound(urlOf(server), {}, HERE);
      expect(given).toMatchObject({ outcome: "failed", kind: "redirect" });
    }
    expect(inside.connections()).toBe(before);
  });

  test.each([200, 404, 500])("%i is an answer", async (status) => {
    const server = await webServer((_, answer) => answer.writeHead(status).end());
    expect(await fetchOutbound(urlOf(server), {}, HERE)).toMatchObject({ status, body: "" });
  });

  test("an endless answer is read up to the cap", async () => {
    let sent = 0;
    const server = await webServer((_, answer) => {
      const more = () => {
        while (!answer.destroyed) {
          sent += 65_536;
          if (!answer.write("x".repeat(65_536))) return;
        }
      };
      answer.on("drain", more);
      more();
    });
    const given = await fetchOutbound(urlOf(server), {}, { ...HERE, bodyBytes: 1_000 });
    expect(given).toMatchObject({ status: 200, body: "x".repeat(1_000), cut: true });
    console.log(`endless answer: 1,000 bytes kept, ${sent} sent before the connection ended`);
  });

  test.each<[string, Parameters<typeof startWebServer>[0]]>([
    ["never answers", () => undefined],
    ["sends headers and no more", (_, answer) => void answer.writeHead(200).flushHeaders()],
    [
      "sends a byte now and then",
      (_, answer) => {
        const timer = setInterval(() => answer.write("x"), 20);
        answer.on("close", () => clearInterval(timer));
      },
    ],
  ])("a server that %s is left after the time allowed", async (_, listener) => {
    const server = await webServer(listener);
    const given = await fetchOutbound(urlOf(server), {}, { ...HERE, timeoutMs: 150 });
    expect(given).toEqual({
      outcome: "failed",
      kind: "timeout",
      reason: "127.0.0.1 did not answer within 0.15 s",
    });
  });

  test("a name server that never answers is left after the time allowed", async () => {
    const resolve = () => new Promise<string[]>(() => undefined);
    const policy = { allow: [], resolve, timeoutMs: 50 };
    const given = await fetchOutbound("http://slow.example", {}, policy);
    expect(given).toMatchObject({ outcome: "failed", kind: "timeout" });
  });

  test.each<[string, Parameters<typeof startWebServer>[0]]>([
    ["closes", (request) => void request.socket.destroy()],
    ["speaks no HTTP", (request) => void request.socket.end("220 mail.example ESMTP\r\n")],
    ["sends endless headers", (_, answer) => answer.setHeader("x", "x".repeat(40_000)).end()],
  ])("a server that %s is a failure without the URL in it", async (_, listener) => {
    const server = await webServer(listener);
    const given = await fetchOutbound(urlOf(server), {}, HERE);
    expect(given).toMatchObject({ outcome: "failed", kind: "network" });
    expect(JSON.stringify(given)).not.toMatch(/s3cret|hook/);
  });

  test("an answer that is packed is not unpacked", async () => {
    const asked: unknown[] = [];
    const server = await webServer((request, answer) => {
      asked.push(request.headers["accept-encoding"]);
      answer.writeHead(200, { "content-encoding": "gzip" }).end("raw");
    });
    expect(await fetchOutbound(urlOf(server), {}, HERE)).toMatchObject({ body: "raw" });
    expect(asked).toEqual(["identity"]);
  });
});

import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { startWebServer, type WebServer } from "#notify/testing.ts";
import type { OutboundTask } from "./faults/outbound.ts";
import { type Certificate, makeCertificate, missingOpenssl } from "./servers/certificate.ts";
import { temporaryFolder } from "./servers/process.ts";

const absent = missingOpenssl();
const outcome = z.looseObject({ outcome: z.string() });

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

/** Asks in a process of its own, because Node reads these variables when it starts. */
async function askAs(env: Record<string, string>, ...urls: string[]) {
  const script = join(import.meta.dirname, "faults", "outbound.ts");
  const task = JSON.stringify({ urls } satisfies OutboundTask);
  const child = spawn(process.execPath, [script, task], { env: { ...process.env, ...env } });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect([code, errors.replace(/^.*Warning.*$/gm, "").trim()]).toEqual([0, ""]);
  return output
    .trim()
    .split("\n")
    .map((line) => outcome.parse(JSON.parse(line)));
}

test("proxies that the environment names are not used", async () => {
  const proxy = await webServer((_, answer) => answer.end("through the proxy"));
  const server = await webServer((_, answer) => answer.end("straight"));
  const address = `http://127.0.0.1:${proxy.port}`;
  const env = {
    NODE_USE_ENV_PROXY: "1",
    ...{ HTTP_PROXY: address, http_proxy: address, HTTPS_PROXY: address, https_proxy: address },
    ...{ ALL_PROXY: address, all_proxy: address, NO_PROXY: "", no_proxy: "" },
  };
  const given = await askAs(env, `http://hooks.example:${server.port}/`);
  expect(given).toMatchObject([{ outcome: "answered", body: "straight" }]);
  expect(proxy.connections()).toBe(0);
});

describe.skipIf(absent)(`over TLS${absent ? ` (${absent})` : ""}`, () => {
  let folder: string;
  let good: Certificate;
  let server: { readonly port: number; readonly names: unknown[]; stop(): Promise<void> };
  beforeAll(async () => {
    folder = temporaryFolder("outbound");
    good = makeCertificate(folder, "hooks.example");
    server = await startTls(good);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startTls({ cert, key }: Certificate) {
    const names: unknown[] = [];
    const https = createHttpsServer({ cert, key }, (request, answer) => {
      const { servername } = request.socket as TLSSocket;
      names.push([servername, request.headers.host]);
      answer.end("safe");
    });
    await new Promise<void>((resolve) => https.listen(0, "127.0.0.1", resolve));
    const { port } = https.address() as AddressInfo;
    const stop = () => new Promise<void>((resolve) => https.close(() => resolve()));
    return { port, names, stop };
  }

  test("the certificate must be the name's, though the connection goes to an address", async () => {
    const env = { NODE_EXTRA_CA_CERTS: good.certFile };
    const given = await askAs(
      env,
      `https://hooks.example:${server.port}/`,
      `https://hooks.example.:${server.port}/`,
      `https://other.example:${server.port}/`,
      `https://127.0.0.1:${server.port}/`,
    );
    expect(given).toMatchObject([
      { outcome: "answered", body: "safe", address: "127.0.0.1" },
      { outcome: "answered", body: "safe" },
      {
        outcome: "failed",
        kind: "network",
        reason: expect.stringContaining("ERR_TLS_CERT_ALTNAME_INVALID"),
      },
      {
        outcome: "failed",
        kind: "network",
        reason: expect.stringContaining("ERR_TLS_CERT_ALTNAME_INVALID"),
      },
    ]);
    expect(server.names).toEqual([
      ["hooks.example", `hooks.example:${server.port}`],
      ["hooks.example", `hooks.example.:${server.port}`],
    ]);
  });

  test("a certificate that nobody vouches for is a failure", async () => {
    const [given] = await askAs({}, `https://hooks.example:${server.port}/`);
    expect(given).toMatchObject({
      outcome: "failed",
      reason: expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT"),
    });
  });

  test("a server that speaks no TLS is a failure", async () => {
    const plain = await webServer((_, answer) => answer.end());
    const [given] = await askAs({}, `https://hooks.example:${plain.port}/`);
    expect(given).toMatchObject({ outcome: "failed", kind: "network" });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "#config/config.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "plimsoll-config-"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const file = (text: string) => writeFileSync(join(cwd, "plimsoll.yaml"), text);
const load = (env: Record<string, string> = {}) => loadConfig(env as NodeJS.ProcessEnv, cwd);

describe("without a file", () => {
  test("everything has a default", () => {
    expect(load()).toMatchObject({
      databaseUrl: "pglite://.plimsoll/data",
      role: "all",
      host: "127.0.0.1",
      port: 3000,
      publicUrl: "http://localhost:3000",
      noAuth: false,
      slos: { globs: ["slos/**/*.yaml"], base: cwd },
      prometheus: [],
    });
  });

  test("one Prometheus can be given by its URL alone", () => {
    const { prometheus } = load({ PLIMSOLL_PROMETHEUS_URL: "http://127.0.0.1:9090/" });
    expect(prometheus).toMatchObject([
      { name: "default", url: "http://127.0.0.1:9090", counting: "auto", timeoutMs: 30_000 },
    ]);
  });

  test.each([
    [{ PORT: "http" }, /^PORT: must be a number/],
    [{ PLIMSOLL_ROLE: "boss" }, /^PLIMSOLL_ROLE: must be all, web or worker, got "boss"/],
    [{ PLIMSOLL_NO_AUTH: "yes" }, /^PLIMSOLL_NO_AUTH: must be 1 or 0/],
    [{ PLIMSOLL_URL: "plimsoll.example" }, /^PLIMSOLL_URL: must be an http:\/\/ or https/],
    [{ PLIMSOLL_URL: "https://x.example/sub" }, /^PLIMSOLL_URL: must be/],
    [{ PLIMSOLL_URL: "ftp://x.example" }, /^PLIMSOLL_URL: must be/],
    [{ PLIMSOLL_SECRET: "short" }, /^PLIMSOLL_SECRET: must have at least 32 characters/],
    [{ PLIMSOLL_TRUSTED_PROXIES: "10.0.0.0/99" }, /^PLIMSOLL_TRUSTED_PROXIES: must be addresses/],
    [{ PLIMSOLL_TRUSTED_PROXIES: "proxy" }, /^PLIMSOLL_TRUSTED_PROXIES: must be addresses/],
    [{ PLIMSOLL_TRUSTED_PROXIES: "fe80::1%eth0" }, /^PLIMSOLL_TRUSTED_PROXIES: must be addresses/],
    [{ PLIMSOLL_TRUSTED_PROXIES: "::/0" }, /^PLIMSOLL_TRUSTED_PROXIES: must be addresses/],
    [{ PLIMSOLL_TRUSTED_PROXIES: "0.0.0.0/0" }, /^PLIMSOLL_TRUSTED_PROXIES: must be addresses/],
    [
      { PLIMSOLL_TRUSTED_PROXIES: "::ffff:10.0.0.1" },
      /^PLIMSOLL_TRUSTED_PROXIES: must be addresses/,
    ],
    [
      { PLIMSOLL_TRUSTED_PROXIES: "::ffff:10.0.0.0/104" },
      /^PLIMSOLL_TRUSTED_PROXIES: must be addresses/,
    ],
    [{ PLIMSOLL_DATABASE_URL: "mysql://x" }, /^PLIMSOLL_DATABASE_URL: must begin with/],
    [{ PLIMSOLL_PROMETHEUS_URL: "127.0.0.1:9090" }, /^PLIMSOLL_PROMETHEUS_URL: must be an http/],
    [{ PLIMSOLL_CONFIG: "nowhere.yaml" }, /^PLIMSOLL_CONFIG: there is no file nowhere.yaml/],
  ])("%o is refused by name", (env, message) => {
    expect(() => load(env as unknown as Record<string, string>)).toThrow(message);
  });

  test.each([
    ["web-7f9c", "127.0.0.1"],
    ["10.0.0.7", "10.0.0.7"],
    ["localhost", "localhost"],
    ["::1", "::1"],
  ])("HOSTNAME=%s listens on %s", (name, host) => expect(load({ HOSTNAME: name }).host).toBe(host));
});

describe("plimsoll.yaml", () => {
  test("is filled from the environment and from files", () => {
    writeFileSync(join(cwd, "secret"), "from-file\n");
    file(
      [
        "sources:",
        "  prometheus:",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the file's own syntax
        "    - { name: main, url: http://127.0.0.1:9090/prom/, bearerToken: '${TOKEN}', tenant: shop }",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the file's own syntax
        "    - { name: two, url: 'http://h', headers: { X-Key: 'k ${file:secret}' }, history: 10d, timeout: 5s, link: prometheus }",
        "slos: [a/*.yaml]",
      ].join("\n"),
    );
    expect(load({ TOKEN: "t0k" })).toMatchObject({
      slos: { globs: ["a/*.yaml"], base: cwd },
      prometheus: [
        {
          url: "http://127.0.0.1:9090/prom",
          bearerToken: "t0k",
          headers: { "X-Scope-OrgID": "shop" },
        },
        {
          headers: { "X-Key": "k from-file" },
          historyMs: 864_000_000,
          timeoutMs: 5_000,
          link: expect.stringMatching(/^http:\/\/h\/graph\?/),
        },
      ],
    });
  });

  test("tells every mistake at once, each with its place", () => {
    file(
      [
        "sources:",
        "  prometheus:",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the file's own syntax
        "    - { name: main, url: ftp://x, bearerToken: '${MISSING}' }",
        "  github: { url: https://api.example }",
        "slo: [a]",
      ].join("\n"),
    );
    expect(() => load()).toThrow(
      new RegExp(
        [
          "sources.prometheus\\[0\\].bearerToken: \\$\\{MISSING\\} is not set",
          "sources.prometheus.0.url: must be an http",
          "sources.github: give either a token or an app",
          "slo",
        ].join("[^]*"),
      ),
    );
  });

  test("services say where their deployments are learned from, and which files are theirs", () => {
    file(
      [
        "sources: {github: {token: t, owner: acme, excludeBots: true}}",
        "services:",
        "  - {name: a, repository: shop, deployments: api, paths: ['a/**']}",
        "  - {name: b, repository: shop}",
      ].join("\n"),
    );
    const { github, services } = load().delivery;
    expect(github?.excludeBots).toBe(true);
    expect(services).toMatchObject([
      { name: "a", deployments: "api", paths: ["a/**"] },
      { name: "b", deployments: "auto", paths: null },
    ]);
  });

  test("repositories keep their SLO documents in slos/, unless GitHub or the service says otherwise", () => {
    const services = [
      "services:",
      "  - {name: a, repository: o/a}",
      "  - {name: b, repository: o/b, slos: ./ops/slos/}",
      "  - {name: c, repository: o/c, slos: false}",
    ].join("\n");
    const slosWith = (github: string) => {
      file(`sources: {github: {token: t${github}}}\n${services}`);
      return load().delivery.services.map(({ slos }) => slos);
    };
    expect(slosWith("")).toEqual(["slos", "ops/slos", null]);
    expect(slosWith(", slos: .plimsoll")).toEqual([".plimsoll", "ops/slos", null]);
    expect(slosWith(", slos: false")).toEqual([null, "ops/slos", null]);
  });

  test.each([
    ["sources: {github: {token: t, slos: .}}", /github.slos: must be a folder or a file/],
    ["sources: {github: {token: t, slos: /slos}}", /github.slos: must be a folder or a file/],
    ["services: [{name: a, slos: ../slos}]", /slos: must be a folder or a file of the repository/],
    ["services: [{name: a, slos: 'slos/**/*.yaml'}]", /slos: must be a folder or a file/],
    ["services: [{name: a, slos: slos}]", /services a: slos: needs sources.github/],
    [
      "sources: {prometheus: [{name: a, url: 'http://h'}, {name: a, url: 'http://i'}]}",
      /name a is used twice/,
    ],
    [
      "sources: {prometheus: [{name: a, url: 'http://h', timeout: soon}]}",
      /timeout: must be a duration/,
    ],
    [
      "sources: {prometheus: [{name: a, url: 'http://h', link: 'https://u:p@h/{expr}'}]}",
      /prometheus.0.link: must hold no name or password/,
    ],
    [
      "sources: {prometheus: [{name: self-check, url: 'http://h'}]}",
      /name: is the name of Plimsoll's own check/,
    ],
    [
      "sources: {prometheus: [{name: github, url: 'http://h'}]}",
      /name: is the name of a delivery source/,
    ],
    [
      "sources: {prometheus: [{name: pagerduty, url: 'http://h'}]}",
      /name: is the name of a delivery source/,
    ],
    ["services: [{name: a, paths: []}]", /paths: must name at least one glob/],
    ["services: [{name: a, deployments: jenkins}]", /deployments: /],
    ["sources: [", /plimsoll.yaml: /],
  ])("%s is refused", (text, message) => {
    file(text);
    expect(() => load()).toThrow(message);
  });
});

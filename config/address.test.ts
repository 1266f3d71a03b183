import { afterEach, describe, expect, test } from "vitest";
import {
  clearTextWarning,
  isLoopback,
  ownServerListens,
  requireLoopback,
  requireOwnServer,
} from "#config/address.ts";

const LOCAL = "http://localhost:3000";

describe("the address", () => {
  test.each(["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]", "0:0:0:0:0:0:0:1"])(
    "%s is loopback",
    (host) => {
      expect(isLoopback(host)).toBe(true);
      expect(() => requireLoopback({ host, publicUrl: LOCAL, noAuth: true })).not.toThrow();
    },
  );

  test.each([
    "0.0.0.0",
    "::",
    "10.0.0.1",
    "127.0.0.1.example",
    "localhost.example",
    "",
    "128.0.0.1",
  ])("%s is refused without sign-in", (host) => {
    expect(isLoopback(host)).toBe(false);
    const at = { host, publicUrl: LOCAL };
    expect(() => requireLoopback({ ...at, noAuth: true })).toThrow(/refusing to listen/);
    expect(() => requireLoopback({ ...at, noAuth: false })).not.toThrow();
  });

  test.each(["https://plimsoll.example", "http://10.0.0.5:3000", "http://localhost.example"])(
    "%s, which leads here, is refused without sign-in",
    (publicUrl) => {
      const at = { host: "127.0.0.1", publicUrl };
      expect(() => requireLoopback({ ...at, noAuth: true })).toThrow(
        `refusing to be ${publicUrl}: PLIMSOLL_NO_AUTH=1 switches sign-in off`,
      );
      expect(() => requireLoopback({ ...at, noAuth: false })).not.toThrow();
    },
  );

  test.each(["http://127.0.0.1:3000", "http://[::1]:3000", "https://localhost"])(
    "%s is this machine's own",
    (publicUrl) => {
      expect(() => requireLoopback({ host: "127.0.0.1", publicUrl, noAuth: true })).not.toThrow();
    },
  );
});

describe("the warning of cookies in clear", () => {
  test.each([
    ["0.0.0.0", LOCAL, /people reach 0\.0\.0\.0 without TLS/],
    ["0.0.0.0", "http://plimsoll.example", /PLIMSOLL_URL=https/],
    ["127.0.0.1", "http://plimsoll.example", /people reach http:\/\/plimsoll\.example without/],
  ])("is given on %s as %s", (host, publicUrl, words) => {
    expect(clearTextWarning({ host, publicUrl })).toMatch(words);
  });

  test.each([
    ["127.0.0.1", LOCAL],
    ["127.0.0.1", "https://plimsoll.example"],
    ["0.0.0.0", "https://plimsoll.example"],
  ])("is not given on %s as %s", (host, publicUrl) => {
    expect(clearTextWarning({ host, publicUrl })).toBeNull();
  });
});

describe("Next without our own server", () => {
  afterEach(() => ownServerListens(false));

  test("does not start with sign-in switched off", () => {
    expect(() => requireOwnServer({ noAuth: true })).toThrow(/use npm start/);
    expect(() => requireOwnServer({ noAuth: false })).not.toThrow();
    ownServerListens(true);
    expect(() => requireOwnServer({ noAuth: true })).not.toThrow();
  });
});

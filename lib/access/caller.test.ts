import { describe, expect, test } from "vitest";
import { callerAddress, isTrusted } from "#lib/access/caller.ts";
import { isWithin, neighbourhood, plainAddress } from "#lib/access/ip.ts";

describe("an address", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:c000:207", "192.0.2.7"],
    ["2001:DB8:0:0:0:0:0:7", "2001:db8::7"],
    ["fe80::1%eth0", "fe80::1"],
    ["::1", "::1"],
    ["::", "::"],
    ["1::", "1::"],
  ])("%s has the one spelling %s", (given, plain) => expect(plainAddress(given)).toBe(plain));

  test.each([
    "",
    "localhost",
    "1.2.3",
    "1.2.3.256",
    "01.2.3.4",
    "0x7f.1",
    "12345",
    ":::",
    "1::2::3",
    "[::1]",
    "1.2.3.4/8",
    "::1]/?a=[",
    "127.1",
  ])("%j is none", (given) => {
    expect(plainAddress(given)).toBeNull();
    expect(isWithin(given, "0.0.0.0/0")).toBe(false);
    expect(neighbourhood(given)).toBe(given);
  });

  test.each([
    ["10.255.0.1", "10.0.0.0/8", true],
    ["11.0.0.1", "10.0.0.0/8", false],
    ["::ffff:10.0.0.1", "10.0.0.0/8", true],
    ["192.0.2.7", "192.0.2.7", true],
    ["192.0.2.8", "192.0.2.7", false],
    ["192.0.2.6", "192.0.2.7/31", true],
    ["192.0.2.5", "192.0.2.7/31", false],
    ["8.8.8.8", "0.0.0.0/0", true],
    ["::1", "0.0.0.0/0", false],
    ["10.0.0.1", "::/0", false],
    ["2001:db8:1::7", "2001:db8::/32", true],
    ["2001:db9::7", "2001:db8::/32", false],
    ["2001:db8:8000::", "2001:db8::/33", false],
    ["fe80::1", "fe80::1", true],
  ])("%s within %s: %s", (address, network, expected) => {
    expect(isWithin(address, network)).toBe(expected);
  });

  test("counts together with all of its own /64, and alone when it is IPv4", () => {
    expect(neighbourhood("2001:db8::7")).toBe(neighbourhood("2001:db8::ffff:1:2:3"));
    expect(neighbourhood("2001:db8::7")).not.toBe(neighbourhood("2001:db8:0:1::7"));
    expect(neighbourhood("2001:db8::7")).toBe("2001:db8::/64");
    expect(neighbourhood("192.0.2.7")).not.toBe(neighbourhood("192.0.2.8"));
    expect(neighbourhood("::ffff:192.0.2.7")).toBe(neighbourhood("192.0.2.7"));
    expect(neighbourhood("who knows")).toBe("who knows");
  });
});

describe("the caller", () => {
  const proxies = ["10.0.0.0/8", "2001:db8:aaaa::/48"];
  const inFrontOf = (peer: string, forwardedFor?: string) =>
    callerAddress({ peer, forwardedFor }, proxies);

  test.each([
    ["nothing is written", "192.0.2.7", undefined, "192.0.2.7"],
    ["the peer is nobody's proxy, whatever it writes", "192.0.2.7", "10.0.0.9", "192.0.2.7"],
    ["one proxy wrote it", "10.0.0.1", "192.0.2.7", "192.0.2.7"],
    ["the client wrote before the proxy", "10.0.0.1", "1.1.1.1, 192.0.2.7", "192.0.2.7"],
    ["two proxies wrote", "10.0.0.1", "9.9.9.9, 192.0.2.7, 10.0.0.2", "192.0.2.7"],
    ["of mixed families", "::ffff:10.0.0.1", "2001:db8::7, 2001:db8:aaaa::2", "2001:db8::7"],
    ["with ports", "10.0.0.1", "192.0.2.7:51515", "192.0.2.7"],
    ["with brackets", "10.0.0.1", "[2001:db8::7]:51515", "2001:db8::7"],
    ["a proxy wrote what is no address", "10.0.0.1", "unknown, 10.0.0.2", "10.0.0.2"],
    ["the proxy wrote nothing", "10.0.0.1", "", "10.0.0.1"],
    ["only proxies are in it", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
  ])("is found when %s", (_, peer, forwardedFor, expected) => {
    expect(inFrontOf(peer, forwardedFor)).toBe(expected);
  });

  test("is never what a client wrote, however much it writes", () => {
    const forged = Array.from({ length: 500 }, (_, i) => `10.0.${i % 256}.1`).join(",");
    expect(inFrontOf("10.0.0.1", `${forged}, 192.0.2.7`)).toBe("192.0.2.7");
  });

  test("without trusted proxies is always the other end", () => {
    expect(callerAddress({ peer: "127.0.0.1", forwardedFor: "1.1.1.1" }, [])).toBe("127.0.0.1");
    expect(isTrusted("127.0.0.1", [])).toBe(false);
  });
});

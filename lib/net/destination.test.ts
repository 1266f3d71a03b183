import { describe, expect, test } from "vitest";
import { readDestination, refuseAddress } from "#lib/net/destination.ts";
import { readIp } from "#lib/net/ip.ts";
import { readNetwork } from "#lib/net/network.ts";

describe("readDestination", () => {
  test.each([
    ["https://hooks.example/x?y=z", "hooks.example", 443],
    ["http://hooks.example", "hooks.example", 80],
    ["https://hooks.example.:8443/", "hooks.example", 8443],
    ["HTTPS://HOOKS.example:443", "hooks.example", 443],
    ["http://0x7f.1:3000", "127.0.0.1", 3000],
    ["http://[2606:4700::1]", "2606:4700::1", 80],
    ["https://b\u00fccher.example", "xn--bcher-kva.example", 443],
    ["http://hooks_1.example:65535", "hooks_1.example", 65_535],
  ])("%s leads to %s, port %i", (url, host, port) => {
    expect(readDestination(url)).toMatchObject({ host, port });
  });
});

describe("refuseAddress", () => {
  const refuse = (address: string, ...allow: string[]) => {
    const ip = readIp(address);
    if (!ip) throw new Error(`${address} was not read`);
    return refuseAddress(
      ip,
      allow.flatMap((text) => readNetwork(text) ?? []),
    );
  };

  test.each([
    ["8.8.8.8"],
    ["2606:4700::1"],
    ["10.1.2.3", "10.0.0.0/8"],
    ["::ffff:10.1.2.3", "10.0.0.0/8"],
    ["127.0.0.1", "192.168.0.0/16", "127.0.0.1"],
    ["fd00::1", "fd00::/8"],
    ["fe80::1", "fe80::/10"],
    ["192.0.2.1", "192.0.2.0/24"],
  ])("takes %s, with %s allowed", (address, ...allow) => {
    expect(refuse(address, ...allow)).toBeNull();
  });

  test.each([
    ["10.1.2.3", /is private; .* that the configuration allows/],
    ["127.0.0.1", /is loopback;/],
    ["169.254.169.254", /a cloud metadata service, which is never asked/],
    ["0.0.0.0", /is unspecified, which is never asked/],
    ["ff02::1", /is multicast, which is never asked/],
    ["240.0.0.1", /is reserved;/],
  ])("says why it does not take %s", (address, reason) => {
    expect(refuse(address)).toMatch(reason);
  });

  test.each(["169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "0.0.0.0", "ff02::1"])(
    "never takes %s, whatever is allowed",
    (address) => {
      expect(refuse(address, "0.0.0.0/0", "::/0")).toMatch(/never asked/);
    },
  );
});

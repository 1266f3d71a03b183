import { BlockList, isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AddressUse, addressUse, embedded, isMetadataAddress } from "#lib/net/address.ts";
import { type Ip, readIp, spellIp } from "#lib/net/ip.ts";
import { readNetwork, within } from "#lib/net/network.ts";

const read = (text: string): Ip => {
  const ip = readIp(text);
  if (!ip) throw new Error(`${text} was not read`);
  return ip;
};

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6().filter((text) => isIP(text) === 6);

describe("readIp", () => {
  test.each([
    ["127.0.0.1", 4, 0x7f000001n],
    ["255.255.255.255", 4, 0xffffffffn],
    ["::", 6, 0n],
    ["::1", 6, 1n],
    ["1::", 6, 1n << 112n],
    ["::ffff:10.0.0.1", 6, 0xffff0a000001n],
    ["2001:DB8::8:800:200C:417A", 6, 0x20010db80000000000080800200c417an],
    ["1:2:3:4:5:6:7:8", 6, 0x00010002000300040005000600070008n],
  ] as const)("reads %s", (text, family, bits) => {
    expect(readIp(text)).toEqual({ family, bits });
  });

  test.each([
    ["", "nothing"],
    ["127.1", "short"],
    ["2130706433", "decimal"],
    ["0177.0.0.1", "octal"],
    ["0x7f.0.0.1", "hex"],
    ["127.0.0.01", "leading zero"],
    ["256.0.0.1", "too large"],
    ["1.2.3.4.5", "too long"],
    ["127.0.0.1.", "dot at the end"],
    [" 127.0.0.1", "space"],
    ["\uff11\uff12\uff17.0.0.1", "full width"],
    ["fe80::1%eth0", "zone"],
    ["[::1]", "brackets"],
    ["1::2::3", "two gaps"],
    [":::", "three colons"],
    ["1:2:3:4:5:6:7", "too few groups"],
    ["1:2:3:4:5:6:7:8:9", "too many"],
    ["1:2:3:4::5:6:7:8", "a gap that leaves nothing out"],
    ["12345::", "a group too long"],
    ["::1.2.3", "half an IPv4 end"],
    ["::1.2.3.4:5", "IPv4 in the middle"],
    ["localhost", "a name"],
  ])("refuses %j: %s", (text) => {
    expect(readIp(text)).toBeNull();
  });

  test("reads what Node reads, but for zones", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, fc.ipV6(), fc.string()), (text) => {
        if (text.includes("%")) return;
        expect(readIp(text)?.family ?? 0).toBe(isIP(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

test("an address is spelled in one way, which reads as the same", () => {
  fc.assert(
    fc.property(fc.oneof(ipv4, ipv6), (text) => {
      const ip = read(text);
      expect(read(spellIp(ip))).toEqual(ip);
      expect(spellIp(read(spellIp(ip)))).toBe(spellIp(ip));
    }),
  );
});

describe("networks", () => {
  test("an address lies in a network exactly when Node's block list says so", () => {
    const inIpv4 = fc.tuple(ipv4, ipv4, fc.integer({ min: 1, max: 32 }));
    fc.assert(
      fc.property(inIpv4, ([address, base, prefix]) => {
        expect(lies(address, base, prefix)).toBe(listed("ipv4", { address, base, prefix }));
      }),
    );
    const inIpv6 = fc.tuple(ipv6, ipv6, fc.integer({ min: 1, max: 128 }));
    fc.assert(
      fc.property(inIpv6, ([address, base, prefix]) => {
        expect(lies(address, base, prefix)).toBe(listed("ipv6", { address, base, prefix }));
      }),
    );
  });

  const lies = (address: string, base: string, prefix: number) => {
    const network = readNetwork(`${base}/${prefix}`);
    return network !== null && within(read(address), network);
  };
  const listed = (
    type: "ipv4" | "ipv6",
    { address, base, prefix }: { address: string; base: string; prefix: number },
  ) => {
    const list = new BlockList();
    list.addSubnet(base, prefix, type);
    return list.check(address, type);
  };

  test("every address lies in /0 of its own family and in itself", () => {
    expect(lies("10.1.2.3", "0.0.0.0", 0)).toBe(true);
    expect(lies("10.1.2.3", "10.1.2.3", 32)).toBe(true);
    expect(lies("10.1.2.3", "10.1.2.4", 32)).toBe(false);
    expect(lies("::1", "::", 0)).toBe(true);
    expect(lies("10.1.2.3", "::", 0)).toBe(false);
  });

  test.each(["10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/-1", "10/8", "x/8"])(
    "%s is no network",
    (text) => {
      expect(readNetwork(text)).toBeNull();
    },
  );
});

describe("addressUse", () => {
  test.each<[AddressUse, string]>([
    ["public", "8.8.8.8 1.1.1.1 100.63.255.255 100.128.0.0 172.32.0.1 223.255.255.255"],
    ["public", "2606:4700:4700::1111 2a00:1450:4001:80e::200e 2001:4860:4860::8888"],
    ["public", "::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:0808:0808::1"],
    ["metadata", "169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192"],
    ["metadata", "fd00:ec2::254 fd00:ec2::23 fd20:ce::254 fd00:42::42 fe80::a9fe:a9fe"],
    ["metadata", "::ffff:169.254.169.254 ::169.254.169.254 ::ffff:0:169.254.169.254"],
    ["metadata", "64:ff9b::a9fe:a9fe 64:ff9b:1::a9fe:a9fe 2002:a9fe:a9fe::1"],
    ["metadata", "2606:4700::5efe:a9fe:a9fe 2606:4700::200:5efe:169.254.169.254"],
    ["unspecified", "0.0.0.0 0.1.2.3 :: ::ffff:0.0.0.0 64:ff9b::"],
    ["loopback", "127.0.0.1 127.255.255.254 ::1 ::ffff:127.0.0.1 64:ff9b::7f00:1 2002:7f00:1::"],
    ["private", "10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 ::ffff:192.168.1.1"],
    ["private", "fc00::1 fd12:3456::1 fec0::1 2002:c0a8:101::1 fd00::5efe:8.8.8.8"],
    ["link-local", "fe80::1 febf::1"],
    ["multicast", "224.0.0.1 239.255.255.255 ff02::1 ::ffff:224.0.0.1"],
    ["reserved", "192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 240.0.0.1"],
    ["reserved", "255.255.255.255 2001::1 2001:db8::1 3fff::1 100::1 4000::1 64:ff9b:1::8.8.8.8"],
  ])("%s: %s", (use, addresses) => {
    const uses = addresses.split(" ").map((text) => [text, addressUse(read(text))]);
    expect(uses).toEqual(addresses.split(" ").map((text) => [text, use]));
  });

  test("an IPv4 address is used alike in each of its IPv6 spellings", () => {
    fc.assert(
      fc.property(ipv4, (text) => {
        const use = addressUse(read(text));
        const [high, low] = [read(text).bits >> 16n, read(text).bits & 0xffffn];
        const sixToFour = `2002:${high.toString(16)}:${low.toString(16)}::`;
        const spellings = [`::ffff:${text}`, `::ffff:0:${text}`, `64:ff9b::${text}`, sixToFour];
        for (const spelling of spellings) {
          expect(embedded(read(spelling))).toEqual(read(text));
          expect(addressUse(read(spelling))).toBe(use);
        }
      }),
    );
  });

  test("no IPv6 address outside 2000::/3 is public, unless it spells an IPv4 one", () => {
    fc.assert(
      fc.property(ipv6, (text) => {
        const ip = read(text);
        if (ip.bits >> 125n === 1n || embedded(ip)) return;
        expect(addressUse(ip)).not.toBe("public");
      }),
      { numRuns: 1_000 },
    );
  });
});

test("a metadata address is known on any interface; a name is none", () => {
  expect(isMetadataAddress("169.254.169.254")).toBe(true);
  expect(isMetadataAddress("fe80::a9fe:a9fe%eth0")).toBe(true);
  expect(isMetadataAddress("prometheus.example")).toBe(false);
});

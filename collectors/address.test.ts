import { describe, expect, test } from "vitest";
import { guardedLookup, REFUSED_CODE, refuseUrl, shownAddress } from "#collectors/address.ts";

describe("refuseUrl", () => {
  test.each([
    "http://169.254.169.254/latest",
    "http://169.254.170.2",
    "http://2852039166",
    "http://0xa9fea9fe",
    "http://[::ffff:169.254.169.254]",
    "http://[fd00:ec2::254]:80",
    "http://metadata.google.internal",
    "http://METADATA.google.internal./x",
    "http://100.100.100.200",
    "http://[64:ff9b::a9fe:a9fe]",
    "http://[2002:a9fe:a9fe::1]",
    "http://[fd20:ce::254]",
    "http://169.254.169.254.",
    "http://metadata.tencentyun.com",
  ])("refuses the metadata service %s", (url) => {
    expect(refuseUrl(url)).toMatch(/cloud metadata/);
  });

  test.each(["ftp://prometheus", "file:///etc/passwd", "prometheus:9090", ""])(
    "refuses %j, which is not http",
    (url) => {
      expect(refuseUrl(url)).toMatch(/not an http or https URL/);
    },
  );

  test.each([
    "http://127.0.0.1:9090",
    "http://10.0.0.7:9090/prometheus",
    "https://prometheus.example",
    "http://[::1]:9090",
  ])("takes %s: private addresses are the normal case", (url) => {
    expect(refuseUrl(url)).toBeNull();
  });
});

test("an address is shown without user, password and query", () => {
  expect(shownAddress("https://u:p@mimir.example:8443/prometheus/?key=k")).toBe(
    "mimir.example:8443/prometheus",
  );
});

test("a name is resolved to what may be connected to", async () => {
  const addresses = await guardedLookup("localhost");
  expect(addresses.map(({ address }) => address)).toContain("127.0.0.1");
});

test("a name that leads to a metadata service is refused with a code that the driver passes on", async () => {
  await expect(guardedLookup("169.254.169.254")).rejects.toMatchObject({ code: REFUSED_CODE });
});

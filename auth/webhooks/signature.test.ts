import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { githubDigests, pagerdutyDigests, signedWith } from "#auth/webhooks/signature.ts";

const hex = (text: string, body: string | Uint8Array, algorithm = "sha256") =>
  createHmac(algorithm, text).update(body).digest("hex");
const OLD = { id: "old", text: "o".repeat(43) };
const NEW = { id: "new", text: "n".repeat(43) };

describe("GitHub's signature", () => {
  test("its own published example holds", () => {
    // docs.github.com, "Validating webhook deliveries".
    const secret = { text: "It's a Secret to Everybody" };
    const header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    const body = Buffer.from("Hello, World!");
    expect(signedWith(body, githubDigests(header), [secret])).toBe(secret);
    expect(signedWith(Buffer.from("Hello, World"), githubDigests(header), [secret])).toBeNull();
  });

  test.each([
    ["", "nothing"],
    ["sha256=", "no digest"],
    [`sha1=${hex(OLD.text, "x", "sha1")}`, "SHA-1"],
    [`sha512=${hex(OLD.text, "x", "sha512")}`, "SHA-512"],
    [`sha1=${hex(OLD.text, "x")}`, "SHA-256 under another name"],
    [hex(OLD.text, "x"), "no algorithm"],
    [`sha256=${hex(OLD.text, "x").slice(0, -2)}`, "cut short"],
    [`sha256=${hex(OLD.text, "x")}00`, "too long"],
    [`sha256=${hex(OLD.text, "x").toUpperCase()}`, "capitals"],
    [`sha256=${"zz".repeat(32)}`, "not hex"],
    [`sha256=${hex(OLD.text, "x")},sha256=${hex(OLD.text, "x")}`, "two"],
    [` sha256=${hex(OLD.text, "x")}`, "space"],
  ])("%j is none: %s", (header) => {
    expect(githubDigests(header)).toEqual([]);
  });
});

describe("PagerDuty's signature", () => {
  test("is any of several, for a sender that changes its secret", () => {
    const header = `v1=${hex(NEW.text, "x")}, v1=${hex("another", "x")},v2=abc`;
    expect(pagerdutyDigests(header)).toHaveLength(2);
    expect(signedWith(Buffer.from("x"), pagerdutyDigests(header), [OLD, NEW])).toBe(NEW);
  });

  test.each(["", "v1=", ",", "v1=abc,v1=", `v0=${hex(OLD.text, "x")}`, "v1"])(
    "%j is none",
    (header) => {
      expect(pagerdutyDigests(header)).toEqual([]);
    },
  );

  test("hundreds of guesses in one header are none", () => {
    const guesses = Array<string>(300).fill(`v1=${hex(OLD.text, "x")}`);
    expect(pagerdutyDigests(guesses.join(","))).toEqual([]);
  });
});

describe("signedWith", () => {
  test("finds the secret, whatever the body is", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (bytes, old) => {
        const secret = old ? OLD : NEW;
        const digests = [Buffer.from(hex(secret.text, bytes), "hex")];
        expect(signedWith(Buffer.from(bytes), digests, [OLD, NEW])).toBe(secret);
      }),
    );
  });

  test("finds none when one bit of body or digest differs, or there is nothing to compare", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (bytes, at) => {
        const digest = Buffer.from(hex(OLD.text, bytes), "hex");
        const flip = (buffer: Buffer) => {
          const bit = at % (buffer.length * 8);
          const flipped = Buffer.from(buffer);
          flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
          return flipped;
        };
        const body = Buffer.from(bytes);
        expect(signedWith(flip(body), [digest], [OLD, NEW])).toBeNull();
        expect(signedWith(body, [flip(digest)], [OLD, NEW])).toBeNull();
        expect(signedWith(body, [digest], [NEW])).toBeNull();
        expect(signedWith(body, [], [OLD])).toBeNull();
        expect(signedWith(body, [digest], [])).toBeNull();
      }),
    );
  });
});

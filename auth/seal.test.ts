import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seal, unseal } from "#auth/seal.ts";

const OURS = { key: "k".repeat(43), purpose: "webhook-secret:1" };

describe("a sealed secret", () => {
  test("opens with what it was sealed with", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(unseal(seal(text, OURS), OURS)).toBe(text);
      }),
    );
  });

  test("does not open with another server's secret, or as another's", () => {
    const sealed = seal("open sesame", OURS);
    expect(unseal(sealed, { ...OURS, key: "l".repeat(43) })).toBeNull();
    expect(unseal(sealed, { ...OURS, purpose: "webhook-secret:2" })).toBeNull();
  });

  test("does not show what it holds, and is another text each time", () => {
    const texts = Array.from({ length: 100 }, () => seal("open sesame", OURS));
    expect(new Set(texts).size).toBe(100);
    expect(texts.filter((text) => /^v1\.[\w-]{52}$/.test(text))).toHaveLength(100);
    expect(texts.filter((text) => Buffer.from(text, "base64url").includes("sesame"))).toEqual([]);
  });

  test("does not open with one bit changed, anywhere", () => {
    const [version, packed = ""] = seal("open sesame", OURS).split(".");
    const bytes = Buffer.from(packed, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(unseal(`${version}.${changed.toString("base64url")}`, OURS)).toBeNull();
    }
  });

  test.each(["", "v1", "v1.", "v1.AAAA", "v2.", "open sesame", "v1.a.b"])(
    "%j was never sealed",
    (text) => {
      expect(unseal(text, OURS)).toBeNull();
    },
  );

  test("of another version, or cut short, does not open", () => {
    const sealed = seal("open sesame", OURS);
    expect(unseal(sealed.replace("v1", "v2"), OURS)).toBeNull();
    expect(unseal(sealed.slice(0, -4), OURS)).toBeNull();
  });
});

import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashToken, looksLikeToken, tokenHint, tokenText } from "#lib/access/token.ts";

const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
const ZEROS = tokenText(new Uint8Array(32));

describe("the text of a token", () => {
  test("is prefix, secret and checksum, and says all of the secret", () => {
    fc.assert(
      fc.property(secret, (bytes) => {
        const text = tokenText(bytes);
        expect(text).toMatch(/^plim_[\w-]{49}$/);
        expect(Buffer.from(text.slice(5, 48), "base64url")).toEqual(Buffer.from(bytes));
        expect(looksLikeToken(text)).toBe(true);
      }),
    );
  });

  test("ends with the first 36 bits of SHA-256 over what stands before", () => {
    const digest = createHash("sha256").update(ZEROS.slice(0, -6)).digest("base64url");
    expect(ZEROS.slice(-6)).toBe(digest.slice(0, 6));
    expect(tokenHint(ZEROS)).toBe(digest.slice(2, 6));
  });

  test.each([0, 16, 31, 33])("is refused of %i bytes", (length) => {
    expect(() => tokenText(randomBytes(length))).toThrow(RangeError);
  });

  test("with one character changed is no token", () => {
    const character = fc.constantFrom(..."abcXYZ019-_ =+/é");
    fc.assert(
      fc.property(secret, fc.nat(53), character, (bytes, at, other) => {
        const text = tokenText(bytes);
        fc.pre(text[at] !== other);
        expect(looksLikeToken(text.slice(0, at) + other + text.slice(at + 1))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    "",
    "plim_",
    ZEROS.slice(1),
    ZEROS.slice(0, -1),
    `${ZEROS}\n`,
    ` ${ZEROS}`,
    ZEROS + ZEROS,
    ZEROS.toUpperCase(),
    `ghp_${ZEROS.slice(5)}`,
  ])("%j is no token", (text) => {
    expect(looksLikeToken(text)).toBe(false);
  });
});

test("what is kept is SHA-256 as published for the empty text and for abc", () => {
  expect(hashToken("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(hashToken("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

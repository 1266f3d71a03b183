import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { z } from "zod";
import type { Faults } from "./shapes.ts";

const newKey = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

/** The provider's own key, and one that it never published. */
const KEYS = { own: newKey(), foreign: newKey() };
const KID = "own";

/** Its keys in the form of a JWKS, private parts included: for oidc-provider. */
export function keySet() {
  return {
    keys: [{ ...KEYS.own.export({ format: "jwk" }), kid: KID, alg: "RS256", use: "sig" }],
  };
}

const answer = z.looseObject({ id_token: z.string() });

/** The answer of the token address, its ID token spoilt as `faults` say. */
export function spoil(body: unknown, { claims, signature, withoutIdToken }: Faults): unknown {
  const given = answer.safeParse(body).data;
  if (!given) return body;
  if (withoutIdToken) return { ...given, id_token: undefined };
  if (Object.keys(claims).length === 0 && !signature) return body;
  const told = { ...payloadOf(given.id_token), ...claims };
  return { ...given, id_token: signature === "none" ? unsigned(told) : signed(told, signature) };
}

function payloadOf(token: string): Record<string, unknown> {
  const json = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  return z.record(z.string(), z.unknown()).parse(JSON.parse(json));
}

function signed(claims: unknown, by: keyof typeof KEYS = "own"): string {
  const key: KeyObject = KEYS[by];
  const text = `${encode({ alg: "RS256", typ: "JWT", kid: KID })}.${encode(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

function unsigned(claims: unknown): string {
  return `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

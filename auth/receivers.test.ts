import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import {
  makeSigningSecret,
  openReceiver,
  sealReceiverSecret,
  sealReceiverUrl,
} from "#auth/receivers.ts";

const KEY = "a server's secret of thirty-two characters";
const URL = "https://hooks.example/services/s3cret";

const sealed = (id: string, secret: string | null = null) => ({
  id,
  kind: "webhook" as const,
  sealedUrl: sealReceiverUrl(id, URL, KEY),
  sealedSecret: secret === null ? null : sealReceiverSecret(id, secret, KEY),
});

test("address and secret come back with the server's secret alone", () => {
  const secret = makeSigningSecret();
  const one = sealed("one", secret);
  expect(JSON.stringify(one)).not.toMatch(/s3cret|whsec/);
  expect(openReceiver(one, KEY)).toEqual({ url: URL, secret });
  expect(openReceiver(one, `${KEY} of another`)).toBeNull();
  expect(openReceiver(sealed("two"), KEY)).toEqual({ url: URL, secret: null });
});

test("one receiver's address or secret does not open as another's", () => {
  const [one, two] = [sealed("one", "whsec_MQ=="), sealed("two", "whsec_Mg==")];
  expect(openReceiver({ ...one, sealedUrl: two.sealedUrl }, KEY)).toBeNull();
  expect(openReceiver({ ...one, sealedSecret: two.sealedSecret }, KEY)).toBeNull();
});

test("a new secret is one that the library of Standard Webhooks takes, and no other's", () => {
  const secrets = Array.from({ length: 50 }, makeSigningSecret);
  expect(new Set(secrets).size).toBe(50);
  for (const secret of secrets) expect(() => new Webhook(secret)).not.toThrow();
});

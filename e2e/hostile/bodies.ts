import { gzipSync } from "node:zlib";
import type { Dice } from "./dice.ts";
import { FIELDS, VALUES } from "./values.ts";

type Make = (dice: Dice) => Buffer;

/** A body that no route hopes for: JSON mostly, some of it nearly right. */
export function bodyOf(dice: Dice): Buffer {
  return dice.pick(KINDS)(dice);
}

const text = (value: string) => Buffer.from(value);
const json: Make = (dice) => text(JSON.stringify(anyValue(dice, 3)));

const KINDS: readonly Make[] = [
  json,
  json,
  json,
  json,
  (dice) => json(dice).subarray(0, dice.upTo(40)),
  (dice) => Buffer.from(Array.from({ length: dice.upTo(300) }, () => dice.upTo(256))),
  (dice) => text("[".repeat(1 + dice.upTo(40_000))),
  (dice) => text('{"a":'.repeat(dice.upTo(5_000))),
  () => text(`{"name":"${"x".repeat(70_000)}"}`),
  () => text('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'),
  () => text('{"name":1e999,"days":-1e-999,"team":123456789012345678901234567890}'),
  () => text('{"name":"\\u0000","email":"\\ud800"}'),
  () => text('{"name":"a","name":"b","name":{"name":[]}}'),
  () => Buffer.from([0x22, 0xff, 0xfe, 0xc0, 0xaf, 0x22]),
  () => Buffer.alloc(0),
  () => text("\ufeff{}"),
  () => gzipSync(Buffer.alloc(100_000)),
  () => text("a=b&a[]=c&__proto__[x]=1&%=%"),
  () => text('--x\r\ncontent-disposition: form-data; name="1_$ACTION_ID_x"\r\n\r\n\r\n--x--\r\n'),
  () => text("null"),
];

const LEAVES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  [],
  {},
  ["read"],
  ["admin", "x"],
];

function anyValue(dice: Dice, depth: number): unknown {
  if (depth === 0 || dice.chance(0.2))
    return dice.chance(0.5) ? dice.pick(LEAVES) : dice.pick(VALUES);
  const count = 1 + dice.upTo(5);
  if (dice.chance(0.2)) return Array.from({ length: count }, () => anyValue(dice, depth - 1));
  return Object.fromEntries(
    Array.from({ length: count }, () => [dice.pick(FIELDS), anyValue(dice, depth - 1)]),
  );
}

import { expect, test } from "vitest";
import { notifyShape } from "#config/notify.ts";

test("networks are read, and by default there are none", () => {
  expect(notifyShape.parse({})).toEqual({ allow: [] });
  expect(notifyShape.parse({ allow: ["10.0.0.0/8", "fd00::1"] }).allow).toMatchObject([
    { family: 4, prefix: 8 },
    { family: 6, prefix: 128 },
  ]);
});

test.each(["10.0.0.0/33", "hooks.internal", ""])("%j is no network, and says so", (text) => {
  const { error } = notifyShape.safeParse({ allow: [text] });
  expect(error?.issues[0]?.message).toBe(
    `must be an address or a network such as 10.0.0.0/8, got ${text}`,
  );
});

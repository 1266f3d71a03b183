import { describe, expect, test } from "vitest";
import { z } from "zod";
import { jsonBody, rawBody } from "#app/api/body.ts";

function request(body: BodyInit, headers: Record<string, string> = {}): Request {
  const init = { method: "POST", body, headers, duplex: "half" };
  return new Request("http://localhost/", init as RequestInit);
}
const json = (text: string | Uint8Array<ArrayBuffer>, type = "application/json") =>
  request(text, { "content-type": type });
const shape = z.strictObject({ name: z.string() });

/** A stream of chunks that never ends. */
function endless(...chunks: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
    },
  });
}

describe("a raw body", () => {
  const cap = { bytes: 4, ms: 10_000 };

  test("is given as it came, up to its cap", async () => {
    expect((await rawBody(request("abcd"), cap)).toString()).toBe("abcd");
    expect((await rawBody(new Request("http://localhost/"), cap)).length).toBe(0);
  });

  test.each([
    [
      "of which too much has come, though it has no length and no end",
      request(endless("abc", "de")),
    ],
    [
      "whose length is too much, though nothing of it has come",
      request(endless(), { "content-length": "5" }),
    ],
  ])("%s is refused", async (_, asked) => {
    await expect(rawBody(asked, cap)).rejects.toMatchObject({ status: 413, code: "too-large" });
  });

  test("that does not arrive in time is refused, and not read on", async () => {
    let cancelled = false;
    const slow = new ReadableStream({
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(rawBody(request(slow), { bytes: 4, ms: 1 })).rejects.toMatchObject({
      status: 408,
    });
    expect(cancelled).toBe(true);
  });

  test("whose sender hangs up is a bad request, not our mistake", async () => {
    const broken = new ReadableStream({ start: (it) => it.error(new Error("ECONNRESET")) });
    await expect(rawBody(request(broken))).rejects.toMatchObject({ status: 400, code: "cut-off" });
  });
});

describe("a JSON body", () => {
  test.each(["application/json", "application/json; charset=utf-8", "Application/JSON"])(
    "is taken as %s",
    async (type) => {
      expect(await jsonBody(json('{"name":"Ada"}', type), shape)).toEqual({ name: "Ada" });
    },
  );

  test.each(["text/plain", "application/json-patch+json", "application/x-www-form-urlencoded", ""])(
    "is not taken as %j: a page elsewhere may send that without asking",
    async (type) => {
      await expect(jsonBody(json("{}", type), shape)).rejects.toMatchObject({ status: 415 });
    },
  );

  test.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ["nothing", ""],
    ["half an object", '{"name":'],
    ["bytes that are not UTF-8", new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
    ["NUL in a string", '{"name":"a\\u0000b"}'],
    ["NUL in a key", '{"na\\u0000me":"a"}'],
    ["half a character", '{"name":"\\ud800"}'],
    ["thirty thousand brackets", "[".repeat(30_000) + "]".repeat(30_000)],
  ])("of %s is refused as no JSON", async (_, body) => {
    await expect(jsonBody(json(body), shape)).rejects.toMatchObject({
      status: 400,
      code: "bad-json",
    });
  });

  test("tells every field that cannot be used", async () => {
    await expect(jsonBody(json('{"name":7,"more":1,"__proto__":{}}'), shape)).rejects.toMatchObject(
      {
        status: 422,
        details: [{ field: "name" }, { field: "more" }, { field: "__proto__" }],
      },
    );
  });
});

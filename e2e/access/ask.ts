import type { Method } from "./tree.ts";

/** Where to ask, and what to send along. */
export interface Ask {
  readonly url: string;
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One request, whose answer is read to its end and never followed elsewhere. */
export async function ask({ url, method, headers, body }: Ask): Promise<Answer> {
  const sends = method !== "GET" && method !== "HEAD" && body !== undefined;
  const answer = await fetch(url, {
    method,
    headers: sends ? { "content-type": "application/json", ...headers } : headers,
    redirect: "manual",
    ...(sends ? { body } : {}),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const AT_ONCE = 8;

/** Does `work` for each item, a few at a time; gives what it gave, in order. */
export async function forEach<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i] as Item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

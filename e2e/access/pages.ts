import { PAGES, type Page } from "#lib/access/routes.ts";
import { type Answer, ask } from "./ask.ts";
import type { Caller } from "./callers.ts";
import { type Names, pathOf } from "./examples.ts";
import { columnsOf, expected, SEES_NOTHING_OF_PAY } from "./expected.ts";
import { CANARY } from "./furnish.ts";
import { type Answering, segmentsOf } from "./tree.ts";

/** One page asked for by one caller. */
export interface Visit {
  readonly page: Page;
  readonly file: Answering;
  readonly path: string;
  readonly caller: Caller;
  /** `page`: the page itself; `elsewhere`: another of ours; `sign-in`, `refused`: never its content. */
  readonly expected: Outcome;
}

type Outcome = "page" | "elsewhere" | "sign-in" | "refused";

/** For pages that show nothing without one. */
const QUERIES: Partial<Record<Page, string>> = { "/alert": `?slo=shop%2F${CANARY}` };

/** Every page by every caller. */
export function visitsOf(
  pages: readonly Answering[],
  callers: readonly Caller[],
  names: Names,
): Visit[] {
  return pages.flatMap((file) => {
    const page = pageOf(file.address);
    const path = pathOf(file.address, names) + (QUERIES[page] ?? "");
    const { around, own } = columnsOf(page);
    return callers.map((caller) => ({
      ...{ page, file, path, caller },
      expected: outcomeOf(page, caller.line, [around, own]),
    }));
  });
}

function pageOf(address: string): Page {
  if (address in PAGES) return address as Page;
  throw new Error(`${address} is not in lib/access/routes.ts`);
}

function outcomeOf(page: Page, line: string, columns: readonly string[]): Outcome {
  if (page === "/sign-in") return line === "nobody" ? "page" : "elsewhere";
  const verdicts = columns.map((column) => expected(line, column));
  if (verdicts.includes(401)) return "sign-in";
  if (verdicts.includes(403)) return "refused";
  return page === "/settings" || page === "/alert" ? "elsewhere" : "page";
}

/** As a browser asks for an address that was typed in. */
export function openPage(url: string, { path, caller }: Visit): Promise<Answer> {
  return ask({ url: url + path, method: "GET", headers: caller.headers });
}

/**
 * As the router asks when someone already is on one of our pages: only for the page, without the
 * layouts around it, whose doors are then not passed.
 */
export async function openWithoutLayouts(url: string, visit: Visit, names: Names): Promise<Answer> {
  const state = encodeURIComponent(JSON.stringify(routerState(segmentsOf(visit.file), names)));
  const headers = { ...visit.caller.headers, rsc: "1", "next-router-state-tree": state };
  const get = (path: string) => ask({ url: url + path, method: "GET", headers });
  const first = await get(visit.path);
  // Next sends whoever asks in this form to the same address with a hash of these headers.
  const to = first.headers.get("location") ?? "";
  const mark = visit.path.includes("?") ? "&" : "?";
  return to.startsWith(`${visit.path}${mark}_rsc=`) ? get(to) : first;
}

function routerState([segment = "", ...rest]: readonly string[], names: Names): unknown {
  if (rest.length === 0) return [segment, {}, null, "refetch"];
  const parameter = /^\[(\w+)\]$/.exec(segment)?.[1];
  const own = parameter ? [parameter, names[parameter], "d", null] : segment;
  return [own, { children: routerState(rest, names) }];
}

/** What is wrong with the answer to a whole page; null when it is as the table says. */
export function wrongWithPage({ status, headers, text }: Answer, visit: Visit): string | null {
  const to = headers.get("location");
  switch (visit.expected) {
    case "page":
      if (status !== 200) return `${status} in place of the page`;
      return isBlind(visit) && tells(text, visit) ? "tells what is another team's" : null;
    case "elsewhere":
      if (status !== 307 || !to?.startsWith("/") || to.startsWith("/sign-in"))
        return `${status} ${to}`;
      return null;
    case "sign-in":
      if (status !== 307 || to !== `/sign-in?next=${encodeURIComponent(visit.path)}`) {
        return `${status} ${to} in place of the way to sign in`;
      }
      return tells(text, visit) ? "tells what is on the page" : null;
    case "refused":
      if (status !== 403) return `${status} in place of 403`;
      return tells(text, visit) ? "tells what is on the page" : null;
  }
}

/** How Next writes down a page that called `forbidden()`. */
const REFUSED = "NEXT_HTTP_ERROR_FALLBACK;403";

/** What is wrong with the answer to a page alone. Its status is sent before the page has decided. */
export function wrongWithPart(answer: Answer, visit: Visit): string | null {
  if (answer.status >= 500) return `it broke: ${answer.status}`;
  if (visit.expected === "page" || visit.expected === "elsewhere") {
    if (isBlind(visit) && tells(answer.text, visit)) return "tells what is another team's";
    return answer.text.includes(REFUSED) ? "may, but was refused" : null;
  }
  const says = visit.expected === "sign-in" ? "NEXT_REDIRECT;" : REFUSED;
  const isRefused = answer.status === (visit.expected === "sign-in" ? 307 : 403);
  if (!isRefused && !answer.text.includes(says)) return `${answer.status} without ${says}`;
  return tells(answer.text, visit) ? "tells what is on the page" : null;
}

function isBlind({ page, caller }: Visit): boolean {
  return SEES_NOTHING_OF_PAY[page]?.includes(caller.line) ?? false;
}

/** Whether the answer has more of our things than the address that was asked for. */
export function tells(text: string, { path }: Pick<Visit, "path">): boolean {
  return !path.includes(CANARY) && text.includes(CANARY);
}

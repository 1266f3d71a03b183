import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { actorOf } from "#auth/actor.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";
import { PAGES, type Page } from "#lib/access/routes.ts";

/** Who asks for this page; asked once per request. */
export const pageActor = cache(async (): Promise<Actor> => actorOf(await headers()));

/**
 * The door of a page: whoever may not see it is sent to sign in, from where they come back to the
 * very address that they asked for, or is told that it is not for them.
 */
export async function enterPage(page: Page): Promise<Actor> {
  const actor = await pageActor();
  // Whoever may change something may not always read; and a page can be asked for without its frame.
  const verdicts = [decide(actor, "read"), decide(actor, PAGES[page])];
  if (verdicts.includes("sign-in")) {
    redirect(`/sign-in?next=${encodeURIComponent(await askedFor())}`);
  }
  if (verdicts.includes("forbidden")) forbidden();
  return actor;
}

/** Path and query of the page, as the proxy noted them. */
async function askedFor(): Promise<string> {
  return (await headers()).get("x-plimsoll-path") ?? "/";
}

/** The query of the page, with its question mark; empty without one. */
export async function askedSearch(): Promise<string> {
  const path = await askedFor();
  const mark = path.indexOf("?");
  return mark < 0 ? "" : path.slice(mark);
}

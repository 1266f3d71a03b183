import { LINK_PARTS, LINK_PATHS } from "#lib/explain/link.ts";

type Page = keyof typeof LINK_PATHS;

const PAGES = Object.keys(LINK_PATHS).join(" or ");
const PARTS = LINK_PARTS.map((part) => `{${part}}`).join(", ");

/**
 * What is wrong with a source's `link`, in a sentence; null when it is the name of a page or an address
 * to fill a query in. Everybody who signs in can see it, so it must hold no password.
 */
export function linkMistake(link: string): string | null {
  if (isPage(link)) return null;
  const url = URL.parse(link.replaceAll(/\{[a-z]+\}/g, "0"));
  if (!url || !/^https?:$/.test(url.protocol)) {
    return `must be ${PAGES}, or an http:// or https:// address with {expr} in it`;
  }
  if (url.username || url.password) {
    return "must hold no name or password: everybody who signs in can see it";
  }
  const stranger = [...link.matchAll(/\{([a-z]+)\}/g)].find(
    ([, part]) => !LINK_PARTS.some((known) => known === part),
  );
  if (stranger) return `has ${stranger[0]}, which is unknown; known are ${PARTS}`;
  return /\{(expr|quoted)\}/.test(link) ? null : "must have {expr} where the query goes";
}

/** The template of a source's links; null without `link`. A page's name stands for the source's own address. */
export function linkTemplate(link: string | undefined, sourceUrl: string): string | null {
  if (link === undefined) return null;
  if (!isPage(link)) return link;
  const url = new URL(sourceUrl);
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}${LINK_PATHS[link]}`;
}

function isPage(link: string): link is Page {
  return Object.hasOwn(LINK_PATHS, link);
}

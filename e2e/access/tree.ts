import { globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof METHODS)[number];

/** A file that answers under an address; dynamic parts stay in brackets. */
export interface Answering {
  readonly file: string;
  readonly address: string;
  readonly source: string;
}

export interface RouteFile extends Answering {
  readonly methods: readonly Method[];
}

/** Every route of the tree with the methods that it exports, whichever way it exports them. */
export function findRoutes(): Promise<RouteFile[]> {
  return Promise.all(
    answering("route").map(async (found) => {
      const module: object = await import(/* @vite-ignore */ resolve(found.file));
      return { ...found, methods: METHODS.filter((method) => method in module) };
    }),
  );
}

/** Every page of the tree. */
export function findPages(): Answering[] {
  return answering("page");
}

function answering(kind: "route" | "page"): Answering[] {
  return globSync(`app/**/${kind}.{ts,tsx,js,jsx}`)
    .filter((file) => !file.split("/").some((segment) => segment.startsWith("_")))
    .map((file) => ({ file, address: addressOf(file), source: readFileSync(file, "utf8") }))
    .sort((a, b) => a.address.localeCompare(b.address));
}

/** The folders between `app` and the file, without groups; throws on what nobody has thought about yet. */
function addressOf(file: string): string {
  const segments = dirname(file).split("/").slice(1);
  const strange = segments.find((segment) => /^(@|\(\.+\))/.test(segment));
  if (strange)
    throw new Error(`${file}: the walk does not know slots and interception (${strange})`);
  return `/${segments.filter((segment) => !/^\(.*\)$/.test(segment)).join("/")}`;
}

/** The folders of a page as Next's router names them, from the root to the page itself. */
export function segmentsOf({ file }: Answering): string[] {
  return ["", ...dirname(file).split("/").slice(1), "__PAGE__"];
}

/** Files with a directive such as "use server": what a browser can call without any route. */
export function filesSaying(directive: string): string[] {
  const says = new RegExp(`^\\s*["'\`]${directive}["'\`]`, "m");
  const rooms =
    "{app,auth,cli,collectors,components,config,db,jobs,lib,notify}/**/*.{ts,tsx,js,jsx}";
  return globSync(rooms).filter((file) => says.test(readFileSync(file, "utf8")));
}

/** What Next serves besides pages and routes: icons, site maps, and a whole second router. */
export function otherDoors(): string[] {
  const names = "{icon,apple-icon,favicon,opengraph-image,twitter-image,sitemap,robots,manifest}*";
  const folders = "{pages,src,middleware.*,public/**/*}";
  return [...globSync(`app/**/${names}`), ...globSync(folders)].sort();
}

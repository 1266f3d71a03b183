import { ROUTES, type Route } from "#lib/access/routes.ts";
import type { Caller } from "./callers.ts";
import { columnOf, type Expected, expected } from "./expected.ts";
import { METHODS, type Method, type RouteFile } from "./tree.ts";

/** One question of the walk: may this caller do that? */
export interface Cell {
  readonly address: string;
  readonly method: Method;
  readonly caller: Caller;
  /** Null for a method that the route does not have. */
  readonly route: Route | null;
  readonly expected: Expected | 204 | 405;
}

/** Every route by every method, its own or not, by every caller. */
export function matrixOf(routes: readonly RouteFile[], callers: readonly Caller[]): Cell[] {
  return routes.flatMap((file) =>
    METHODS.flatMap((method) => {
      const route = routeOf(file, method);
      return callers.map((caller) => ({
        ...{ address: file.address, method, caller, route },
        expected: route ? expected(caller.line, columnOf(route)) : withoutRoute(method),
      }));
    }),
  );
}

/** Which methods an address has anyone may know. */
function withoutRoute(method: Method): 204 | 405 {
  return method === "OPTIONS" ? 204 : 405;
}

/** Its line in the table; HEAD is answered as GET. */
function routeOf({ address, methods }: RouteFile, asked: Method): Route | null {
  const method = asked === "HEAD" && !methods.includes("HEAD") ? "GET" : asked;
  if (!methods.includes(method)) return null;
  const line = [`${method} ${address}`, `* ${address}`].find((name) => name in ROUTES);
  if (!line) throw new Error(`${method} ${address} is not in lib/access/routes.ts`);
  return line as Route;
}

export const isRefusal = ({ expected: answer }: Cell) => answer === 401 || answer === 403;
export const isAllowed = ({ expected: answer }: Cell) => answer === "+";

/** Whether it changes something, so that a browser must say which page asks for it. */
export function changes({ method }: Pick<Cell, "method">): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}

export function nameOf({ method, address, caller }: Cell): string {
  return `${method} ${address} by ${caller.name}`;
}

import { describe, expect, test } from "vitest";
import { PAGES, ROUTES } from "#lib/access/routes.ts";
import { OTHER_DOORS, SERVER_ACTIONS, UNGUARDED } from "./expected.ts";
import { filesSaying, findPages, findRoutes, METHODS, otherDoors } from "./tree.ts";

const routes = await findRoutes();
const pages = findPages();
const addresses = [...routes, ...pages].map(({ address }) => address);

describe("the file tree and the table of routes", () => {
  test("no two files answer under one address", () => {
    expect(addresses.filter((address, i) => addresses.indexOf(address) !== i)).toEqual([]);
  });

  test("each method that a route exports is a line, each line is an exported method", () => {
    const written = Object.keys(ROUTES).filter((line) => !line.startsWith("* "));
    const exported = routes
      .filter(({ address }) => !(`* ${address}` in ROUTES))
      .flatMap(({ address, methods }) => methods.map((method) => `${method} ${address}`));
    expect(exported.toSorted()).toEqual(written.toSorted());
  });

  test("a line for every method is one route's, which exports several", () => {
    const every = Object.keys(ROUTES).filter((line) => line.startsWith("* "));
    const several = routes.filter(({ methods }) => methods.length > 1);
    const found = several.map(({ address }) => `* ${address}`).filter((line) => line in ROUTES);
    expect(found.toSorted()).toEqual(every.toSorted());
  });

  test.each(routes)(
    "$file guards each method under its own name",
    ({ address, source, methods }) => {
      const names = [...source.matchAll(/\bguarded(?:<[^()]*>)?\(\s*"([^"]+)"/g)].map(
        ([, name]) => name,
      );
      if (UNGUARDED.includes(address)) return expect(names).toEqual([]);
      const own =
        `* ${address}` in ROUTES ? [`* ${address}`] : methods.map((m) => `${m} ${address}`);
      expect(names.toSorted()).toEqual(own.toSorted());
    },
  );

  test("what is not guarded asks for nothing", () => {
    const asks = UNGUARDED.flatMap((address) =>
      METHODS.map((method) =>
        Object.entries(ROUTES).find(([line]) => line === `${method} ${address}`),
      ),
    );
    expect(asks.filter((line) => line && line[1] !== "public")).toEqual([]);
    expect(asks.filter(Boolean)).toHaveLength(UNGUARDED.length);
  });
});

describe("the file tree and the table of pages", () => {
  test("each page is a line, each line a page", () => {
    expect(pages.map(({ address }) => address)).toEqual(Object.keys(PAGES).toSorted(compare));
  });

  test.each(pages)("$file has a door of its own, under its own name", ({ address, source }) => {
    const names = [...source.matchAll(/\bawait enterPage\(\s*"([^"]+)"\)/g)].map(
      ([, name]) => name,
    );
    const isPublic = Object.entries(PAGES).some(
      ([page, asks]) => page === address && asks === "public",
    );
    expect(names).toEqual(isPublic ? [] : [address]);
  });

  const compare = (a: string, b: string) => a.localeCompare(b);
});

describe("ways in beside routes and pages", () => {
  test("are no server actions but those that are listed", () => {
    expect(filesSaying("use server")).toEqual(SERVER_ACTIONS);
    expect(filesSaying("use client").length).toBeGreaterThan(10);
  });

  test("are no files that Next serves by their name, and no second router", () => {
    expect(otherDoors()).toEqual(OTHER_DOORS);
  });
});

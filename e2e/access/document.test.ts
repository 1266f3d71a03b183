import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { accessTables } from "./document.ts";

const sections = readFileSync("docs/access.md", "utf8").split(/^## /m);

describe("docs/access.md says what the code does", () => {
  test.each(Object.entries(accessTables()))("%s", (heading, table) => {
    const section = sections.find((text) => text.startsWith(`${heading}\n`)) ?? "";
    const written = section.split("\n").filter((line) => line.startsWith("|"));
    expect(written.join("\n")).toBe(table);
  });
});

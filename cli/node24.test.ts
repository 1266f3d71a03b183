import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const script = join(import.meta.dirname, "plimsoll.ts");
const module = pathToFileURL(join(import.meta.dirname, "node24.ts")).href;

/** Asks in a process that takes itself for another Node; what it answers is printed last. */
function askAs(version: string, ...args: string[]) {
  const code = `
    Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });
    const { runOnNode24 } = await import(${JSON.stringify(module)});
    console.log("goes on:", runOnNode24(${JSON.stringify(script)}));`;
  const argv = ["--input-type=module", "-e", code, "--", script, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("an older Node runs the command on the installed one instead, and ends as that one ended", () => {
  const version = askAs("22.18.0", "--version");
  expect(version).toMatchObject({ status: 0, stderr: "" });
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\ngoes on: false\n$/);
  expect(askAs("22.18.0", "lint", "no-such-file.yaml")).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("no-such-file.yaml:1:1: cannot be read"),
  });
});

test.each(["24.0.0", "26.1.0"])("Node %s goes on by itself", (version) => {
  expect(askAs(version, "--version")).toEqual({ status: 0, stdout: "goes on: true\n", stderr: "" });
});

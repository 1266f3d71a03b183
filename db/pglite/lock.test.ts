import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acquireLock } from "#db/pglite/lock.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-lock-"));
  file = join(folder, "data.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(holder: { pid: number; startedAt: string | null; host: string }): void {
  writeFileSync(file, JSON.stringify({ ...holder, token: "theirs" }));
}
const holderPid = () => JSON.parse(readFileSync(file, "utf8")).pid;

test("one holder at a time; the refusal names its pid and what to do", () => {
  const lock = acquireLock(file);
  expect(() => acquireLock(file)).toThrow(
    new RegExp(`in use by process ${process.pid}, .*Stop that process first, or use PostgreSQL`),
  );
  lock.release();
  acquireLock(file).release();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["of a process that is gone", 2 ** 22 + 1],
  ["of an earlier process that had this pid", process.pid],
])("a lock %s is taken over", (_, pid) => {
  write({ pid, startedAt: "1", host: hostname() });
  const lock = acquireLock(file);
  expect(holderPid()).toBe(process.pid);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test("a lock that cannot be read is taken over", () => {
  writeFileSync(file, "");
  const lock = acquireLock(file);
  expect(holderPid()).toBe(process.pid);
  lock.release();
});

test("a lock of another machine counts while its holder touches it", () => {
  write({ pid: 1, startedAt: "1", host: "elsewhere" });
  expect(() => acquireLock(file)).toThrow("process 1 on elsewhere");
  const long = new Date(Date.now() - 60_000);
  utimesSync(file, long, long);
  acquireLock(file).release();
});

test("a lock that somebody else has taken meanwhile is not released", () => {
  const lock = acquireLock(file);
  write({ pid: 1, startedAt: "1", host: "elsewhere" });
  lock.release();
  expect(existsSync(file)).toBe(true);
});

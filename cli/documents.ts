import { glob, readFile, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { Finding } from "#lib/spec/model.ts";
import type { DocumentText } from "#lib/spec/read.ts";

/** More than this is not an SLO document but a mistake; it is not even read. */
const MAX_BYTES = 4 * 1024 * 1024;

export interface FoundDocuments {
  readonly files: readonly DocumentText[];
  /** Patterns that name nothing and files that cannot be read: errors, never skipped. */
  readonly unreadable: readonly Finding[];
}

/** The documents that files, folders and globs name, each once, sorted by path. */
export async function findDocuments(
  patterns: readonly string[],
  cwd: string,
): Promise<FoundDocuments> {
  const paths = new Set<string>();
  const unreadable: Finding[] = [];
  for (const pattern of patterns) {
    const found = await expand(pattern, cwd);
    if (found.length === 0) unreadable.push(cannotRead(pattern, "there is no such file"));
    for (const path of found) paths.add(path);
  }
  const files: DocumentText[] = [];
  for (const file of [...paths].sort()) {
    try {
      files.push({ file, text: await readText(resolve(cwd, file)) });
    } catch (error) {
      unreadable.push(cannotRead(file, error instanceof Error ? error.message : String(error)));
    }
  }
  return { files, unreadable };
}

/** A path that exists means itself, even when it looks like a glob; a folder means the documents in it. */
async function expand(pattern: string, cwd: string): Promise<string[]> {
  const there = await stat(resolve(cwd, pattern)).catch(() => null);
  if (there?.isFile()) return [named(pattern, cwd)];
  const globs = there?.isDirectory() ? join(pattern, "**/*.{yaml,yml,json}") : pattern;
  const found: string[] = [];
  for await (const path of glob(globs, { cwd })) {
    const hit = await stat(resolve(cwd, path));
    if (hit.isFile()) found.push(named(path, cwd));
  }
  return found;
}

/** One file has one name, however it was written. */
function named(path: string, cwd: string): string {
  const inside = relative(cwd, resolve(cwd, path));
  return inside.startsWith("..") ? path : inside;
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MAX_BYTES) throw new Error(`it has ${size} bytes, more than ${MAX_BYTES}`);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) throw new Error("it is not UTF-8 text");
    throw error;
  }
}

function cannotRead(file: string, why: string): Finding {
  const place = { file, line: 1, column: 1, path: "" };
  return { ...place, severity: "error", code: "unreadable", message: `cannot be read: ${why}` };
}

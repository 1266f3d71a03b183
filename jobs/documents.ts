import { createHash } from "node:crypto";
import { glob, readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Finding, LocatedSlo, ReadDocument } from "#lib/spec/model.ts";
import { type DocumentText, readDocument, readDocuments } from "#lib/spec/read.ts";

/** A document larger than this is not an SLO document but a mistake. */
const MAX_BYTES = 1024 * 1024;

/** One file as it is on disk now. */
export interface DocumentFile extends DocumentText {
  readonly hash: string;
}

/** What the folder holds, and which definitions are in force. */
export interface Catalog {
  readonly documents: readonly DocumentState[];
  readonly slos: readonly LocatedSlo[];
}

export interface DocumentState {
  readonly path: string;
  readonly hash: string;
  readonly dialect: string | null;
  readonly findings: readonly Finding[];
  /** The text that is in force: the newest without an error, else null for "as before". */
  readonly goodContent: string | null;
}

export interface Scan {
  readonly files: readonly DocumentFile[];
  /** Files that are there and cannot be read: what they said before stays in force. */
  readonly unreadable: readonly Finding[];
}

/** Every file that the globs name, sorted by path; one that cannot be read is a finding, not a crash. */
export async function scanDocuments(slos: {
  globs: readonly string[];
  base: string;
}): Promise<Scan> {
  const paths = new Set<string>();
  for (const pattern of slos.globs) {
    for await (const path of glob(pattern, { cwd: slos.base })) paths.add(path);
  }
  const files: DocumentFile[] = [];
  const unreadable: Finding[] = [];
  for (const path of [...paths].sort()) {
    try {
      files.push(await readFileAt(slos.base, path));
    } catch (error) {
      unreadable.push(cannotRead(path, error));
    }
  }
  return { files, unreadable };
}

async function readFileAt(base: string, path: string): Promise<DocumentFile> {
  const full = resolve(base, path);
  const { size } = await stat(full);
  if (size > MAX_BYTES) throw new Error(`it has ${size} bytes, more than ${MAX_BYTES}`);
  const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(full));
  return { file: path, text, hash: createHash("sha256").update(text).digest("hex") };
}

function cannotRead(path: string, error: unknown): Finding {
  const why = error instanceof Error ? error.message : String(error);
  return {
    severity: "error",
    code: "unreadable",
    file: path,
    line: 1,
    column: 1,
    path: "",
    message: `cannot be read: ${why}`,
  };
}

/** Of these kinds are the documents that others refer to. */
const HOLDS_OBJECTS = /openslo|AlertWindows|BudgetAdjustment/;

function hasErrors({ findings }: ReadDocument): boolean {
  return findings.some((finding) => finding.severity === "error");
}

/** The files as they last were without errors: what an older text refers to stands there. */
function lastGoodOf(
  files: readonly DocumentFile[],
  read: readonly ReadDocument[],
  lastGood: ReadonlyMap<string, string>,
): DocumentText[] {
  const broken = new Set(read.filter(hasErrors).map(({ file }) => file));
  return files.map(({ file, text }) => ({
    file,
    text: broken.has(file) ? (lastGood.get(file) ?? text) : text,
  }));
}

/**
 * Decides which definitions are in force. A file without errors counts as it is. In a file with
 * errors the SLOs that are right count as they are, and those missing from it keep the definition
 * of the file's last good text, unless another one was renamed from them.
 */
export function catalogInForce(
  files: readonly DocumentFile[],
  lastGood: ReadonlyMap<string, string>,
): Catalog {
  const read = readDocuments(files);
  const referredTo = lastGoodOf(files, read, lastGood).filter(({ text }) =>
    HOLDS_OBJECTS.test(text),
  );
  const documents: DocumentState[] = [];
  const slos: LocatedSlo[] = [];
  const taken = new Set<string>();
  const take = (found: readonly LocatedSlo[]) => {
    for (const slo of found) {
      const name = `${slo.definition.service}/${slo.definition.name}`;
      if (taken.has(name)) continue;
      taken.add(name);
      slos.push(slo);
    }
  };
  for (const document of read) take(document.slos);
  for (const { definition } of [...slos]) for (const name of definition.formerly) taken.add(name);
  for (const [i, document] of read.entries()) {
    const file = files[i] as DocumentFile;
    const broken = hasErrors(document);
    const before = broken ? lastGood.get(document.file) : undefined;
    if (before !== undefined) take(readDocument(document.file, before, referredTo).slos);
    documents.push({
      path: document.file,
      hash: file.hash,
      dialect: document.dialect,
      findings: document.findings,
      goodContent: broken ? null : file.text,
    });
  }
  return { documents, slos };
}

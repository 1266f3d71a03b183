import { adjust } from "#lib/spec/adjust.ts";
import type { Dialect, LocatedSlo, ReadDocument } from "#lib/spec/model.ts";
import { type DocumentText, type OpenedFile, openFile } from "#lib/spec/open.ts";
import { readOpenSlo } from "#lib/spec/openslo/document.ts";
import { readPlain } from "#lib/spec/plain/document.ts";
import { readPyrra } from "#lib/spec/pyrra/document.ts";
import { gatherReferences, type References } from "#lib/spec/references.ts";
import { readSloth } from "#lib/spec/sloth/document.ts";
import { refuseClashes } from "#lib/spec/unique.ts";

export type { DocumentText } from "#lib/spec/open.ts";

/**
 * Reads a file of one or more SLO documents (YAML 1.2 or JSON): every SLO that is right, and every
 * finding. What its documents refer to may stand in the files `beside` it. Never throws; a file
 * without any document is an error.
 * @example readDocument("slos/api.yaml", text).slos[0]?.definition.objective // 0.995
 */
export function readDocument(
  file: string,
  text: string,
  beside: readonly DocumentText[] = [],
): ReadDocument {
  const others = beside.filter((other) => other.file !== file);
  const [read] = readAlone([{ file, text }, ...others]);
  const [told] = refuseClashes(read ? [read] : []);
  return told ?? { file, dialect: null, slos: [], findings: [] };
}

/**
 * Reads files that count together, in the order given: names must be unique over all of them, and
 * SLOs that clash are refused in each place, naming the other.
 * @example readDocuments([{ file: "a.yaml", text }, { file: "b.yaml", text }]).flatMap((d) => d.slos) // []: the names clash
 */
export function readDocuments(files: readonly DocumentText[]): ReadDocument[] {
  return refuseClashes(readAlone(files));
}

/** Everything that others refer to is read before the SLOs, so each place has its errors once. */
function readAlone(files: readonly DocumentText[]): ReadDocument[] {
  const opened = files.map(openFile);
  const references = gatherReferences(opened);
  const read = opened.map((file) => readSlos(file, references));
  const slos = adjust(opened, { slos: read, objects: references.openSlo.objects });
  return opened.map(({ findings, dialect }, i) => ({
    file: findings.file,
    dialect,
    slos: slos[i] ?? [],
    findings: findings.sorted,
  }));
}

function readSlos({ roots, findings }: OpenedFile, references: References): LocatedSlo[] {
  return roots.flatMap(({ node, dialect }) => READERS[dialect](node, findings, references));
}

type Reader = (
  node: OpenedFile["roots"][number]["node"],
  findings: OpenedFile["findings"],
  references: References,
) => LocatedSlo[];

const READERS: Readonly<Record<Dialect, Reader>> = {
  plain: readPlain,
  sloth: readSloth.sloth,
  "sloth-crd": readSloth["sloth-crd"],
  "sloth-windows": () => [],
  openslo: readOpenSlo,
  "budget-adjustment": () => [],
  pyrra: readPyrra,
  backstage: () => [],
};

import { recognize } from "#lib/spec/dialect.ts";
import { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import type { Dialect, LocatedSlo, ReadDocument } from "#lib/spec/model.ts";
import { readPlain } from "#lib/spec/plain.ts";
import { readSloth } from "#lib/spec/sloth.ts";
import { refuseClashes } from "#lib/spec/unique.ts";
import { parseYaml } from "#lib/spec/yaml.ts";

/** A file of SLO documents as it is on disk. */
export interface DocumentText {
  /** As messages name it. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads a file of one or more SLO documents (YAML 1.2 or JSON): every SLO that is right, and every
 * finding. Never throws; a file without any document is an error.
 * @example readDocument("slos/api.yaml", text).slos[0]?.definition.objective // 0.995
 */
export function readDocument(file: string, text: string): ReadDocument {
  const [read] = readDocuments([{ file, text }]);
  return read ?? { file, dialect: null, slos: [], findings: [] };
}

/**
 * Reads files that count together, in the order given: names must be unique over all of them, and
 * SLOs that clash are refused in each place, naming the other.
 * @example readDocuments([{ file: "a.yaml", text }, { file: "b.yaml", text }]).flatMap((d) => d.slos) // []: the names clash
 */
export function readDocuments(files: readonly DocumentText[]): ReadDocument[] {
  return refuseClashes(files.map(readAlone));
}

function readAlone({ file, text }: DocumentText): ReadDocument {
  const findings = new Findings(file);
  const roots = parseYaml(text, findings);
  if (roots.length === 0 && findings.errors === 0) {
    const message = "holds no SLO document; write one or take the file away";
    findings.error({ line: 1, column: 1, path: "" }, "empty-file", message);
  }
  let dialect: Dialect | null = null;
  const slos: LocatedSlo[] = [];
  for (const root of roots) {
    const read = readRoot(root, findings);
    dialect ??= read.dialect;
    slos.push(...read.slos);
  }
  return { file, dialect, slos, findings: findings.sorted };
}

function readRoot(
  root: Located,
  findings: Findings,
): { dialect: Dialect | null; slos: readonly LocatedSlo[] } {
  const recognized = recognize(root);
  if ("message" in recognized) {
    findings.error(root, recognized.code, recognized.message);
    return { dialect: null, slos: [] };
  }
  const { dialect } = recognized;
  const read = dialect === "plain" ? readPlain : readSloth[dialect];
  return { dialect, slos: read(root, findings) };
}

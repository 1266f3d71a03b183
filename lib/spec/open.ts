import { recognize } from "#lib/spec/dialect.ts";
import { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import type { Dialect } from "#lib/spec/model.ts";
import { parseYaml } from "#lib/spec/yaml.ts";

/** A file of SLO documents as it is on disk. */
export interface DocumentText {
  /** As messages name it. */
  readonly file: string;
  readonly text: string;
}

/** A file taken apart into its documents, before any of them is read. */
export interface OpenedFile {
  readonly findings: Findings;
  /** Of its first document; null when it has none that is known. */
  readonly dialect: Dialect | null;
  readonly roots: readonly Root[];
}

export interface Root {
  readonly node: Located;
  readonly dialect: Dialect;
}

/**
 * Takes a file apart: documents between `---`, and the items of a document that is a list. What is
 * no document of a known kind is an error.
 * @example openFile({ file: "a.yaml", text: "service: api" }).dialect // "plain"
 */
export function openFile({ file, text }: DocumentText): OpenedFile {
  const findings = new Findings(file);
  const nodes = parseYaml(text, findings).flatMap(itemsOf);
  if (nodes.length === 0 && findings.errors === 0) {
    const message = "holds no SLO document; write one or take the file away";
    findings.error({ line: 1, column: 1, path: "" }, "empty-file", message);
  }
  const roots = nodes.flatMap((node): Root[] => {
    const recognized = recognize(node);
    if ("dialect" in recognized) return [{ node, dialect: recognized.dialect }];
    findings.error(node, recognized.code, recognized.message);
    return [];
  });
  return { findings, roots, dialect: roots[0]?.dialect ?? null };
}

function itemsOf(root: Located): readonly Located[] {
  return root.kind === "list" ? root.items : [root];
}

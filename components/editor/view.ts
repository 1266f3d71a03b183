import type { PreviewNumbers } from "#lib/editor/preview.ts";
import type { StartDialect } from "#lib/editor/templates.ts";
import type { DocumentText } from "#lib/spec/read.ts";

/** What the editor begins with; JSON-safe. */
export interface EditorStart {
  readonly dialect: StartDialect;
  /** The document that the address asks for, as it is in force; null for a new one. */
  readonly opened: OpenedDocument | null;
  /** The SLO that the address names, `service/name`; null where it names none in force. */
  readonly slo: string | null;
  /** The address names an SLO that is not in force. */
  readonly unknown: string | null;
  /** Documents in force that others refer to. */
  readonly beside: readonly DocumentText[];
  /** Names of the sources, the first one being that of SLOs which name none. */
  readonly sources: readonly string[];
  /** Whether this reader may let the sources work. */
  readonly mayAsk: boolean;
}

export interface OpenedDocument {
  readonly path: string;
  readonly text: string;
  /** The file has errors: what is shown is its last text without any. */
  readonly broken: boolean;
}

/** How far a preview looks back. */
export type Reach = "day" | "window";

/** What a source said of an SLO that is being written. */
export type PreviewAnswer =
  | {
      readonly kind: "seen";
      readonly source: string;
      readonly numbers: PreviewNumbers;
      /** The query of these events has no series at all; null where it has, or there is none. */
      readonly absent: "good" | "bad" | null;
      /** Values of the time before the last day were looked at every five minutes. */
      readonly sampled: boolean;
    }
  /** The server will not evaluate the query; its own words. */
  | { readonly kind: "refused"; readonly source: string; readonly message: string }
  | { readonly kind: "failed"; readonly source: string; readonly message: string };

import type { Config } from "#config/config.ts";
import { log } from "#config/log.ts";
import type { Store } from "#db/client.ts";
import { readGoodDocuments } from "#db/reads/catalog.ts";
import { readDocuments } from "#db/reads/sources.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import {
  type Catalog,
  catalogInForce,
  type DocumentState,
  type Scan,
  scanDocuments,
} from "#jobs/documents.ts";
import { defaultSource, sourceOf } from "#jobs/sources.ts";
import { sliKey } from "#lib/spec/identity.ts";
import type { Finding } from "#lib/spec/model.ts";

export interface WatchOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: () => number;
  /** Names of the configured sources. */
  readonly known: ReadonlySet<string>;
}

/** Keeps the catalog like the folder of documents. Scans instead of listening: that also works on network disks and mounted config maps. */
export class DocumentWatch {
  readonly #options: WatchOptions;
  #seen: string | null = null;
  #sources: ReadonlySet<string> = new Set();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Every source that SLOs name, whether it is configured or not. */
  get sources(): ReadonlySet<string> {
    return this.#sources;
  }

  /** Reads the folder; true when something changed and was applied. */
  async refresh(): Promise<boolean> {
    const { config, store, clock, known } = this.#options;
    const { files, unreadable } = await this.#scan();
    const fingerprint = JSON.stringify([files.map((f) => [f.file, f.hash]), unreadable]);
    if (fingerprint === this.#seen) return false;
    const catalog = catalogInForce(files, await readGoodDocuments(store.db));
    const fallback = defaultSource(config);
    const teams = new Map(config.delivery.services.map(({ name, team }) => [name, team]));
    const slos = catalog.slos.map(({ definition: said, place }) => {
      const definition = { ...said, team: said.team ?? teams.get(said.service) ?? null };
      const source = sourceOf(definition, fallback);
      return { definition, path: place.file, source, sliKey: sliKey(definition.sli, source) };
    });
    const documents = withUnknownSources(catalog, known, fallback);
    await applyCatalog(store.db, { documents, unreadable, slos, now: clock() });
    this.#seen = fingerprint;
    this.#sources = new Set(slos.map(({ source }) => source));
    log().info({ documents: files.length, slos: slos.length }, "SLO documents read");
    return true;
  }

  /** Where every document is gone at once, a disk is missing rather than every SLO given up. */
  async #scan(): Promise<Scan> {
    const { config, store } = this.#options;
    const scan = await scanDocuments(config.slos);
    if (scan.files.length > 0 || scan.unreadable.length > 0) return scan;
    const known = await readDocuments(store.db);
    return { files: [], unreadable: known.map(({ path }) => allGone(path)) };
  }
}

function allGone(path: string): Finding {
  return {
    severity: "error",
    code: "all-gone",
    file: path,
    line: 1,
    column: 1,
    path: "",
    message:
      "is gone together with every other document, as when a disk is not mounted; what it said stays in force until a document is there again",
  };
}

/** Adds a finding to each document that names a source which the configuration does not have. */
function withUnknownSources(
  catalog: Catalog,
  known: ReadonlySet<string>,
  fallback: string,
): DocumentState[] {
  const places = catalog.slos.filter(
    ({ definition }) => !known.has(sourceOf(definition, fallback)),
  );
  const sources =
    known.size > 0
      ? `the configuration has ${[...known].join(", ")}`
      : "the configuration has no Prometheus";
  return catalog.documents.map((document) => ({
    ...document,
    findings: [
      ...document.findings,
      ...places
        .filter(({ place }) => place.file === document.path)
        .map(({ definition, place }) => ({
          ...place,
          severity: "lint" as const,
          code: "unknown-datasource",
          message: `there is no source ${sourceOf(definition, fallback)}, so the numbers stay Unknown; ${sources}`,
        })),
    ],
  }));
}

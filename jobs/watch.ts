import type { Config } from "#config/config.ts";
import { log } from "#config/log.ts";
import type { Store } from "#db/client.ts";
import { readGoodDocuments } from "#db/reads/catalog.ts";
import { readDocumentRepositories, readDocumentRevisions } from "#db/reads/documentRepositories.ts";
import { readLabelSets } from "#db/reads/instances.ts";
import { readDocuments } from "#db/reads/sources.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import type { SloInForce } from "#db/writes/match.ts";
import {
  type Catalog,
  catalogInForce,
  type DocumentState,
  type Scan,
  scanDocuments,
} from "#jobs/documents.ts";
import { originOf, type RepositoryScan, scanRepositories } from "#jobs/repositoryFiles.ts";
import { defaultSource, sourceOf } from "#jobs/sources.ts";
import { instancesOf, type KnownSets } from "#lib/instances/expand.ts";
import { isOfRepository } from "#lib/sources/repositoryFiles.ts";
import { countedSli } from "#lib/spec/counted.ts";
import { sliKey } from "#lib/spec/identity.ts";
import type { Finding } from "#lib/spec/model.ts";

export interface WatchOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: () => number;
  /** Names of the configured sources. */
  readonly known: ReadonlySet<string>;
}

/** Keeps the catalog like the folder and the repositories of documents. Scans the folder instead of listening: that also works on network disks and mounted config maps. */
export class DocumentWatch {
  readonly #options: WatchOptions;
  #seen: string | null = null;
  #sources: ReadonlySet<string> = new Set();
  #hasGroups = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** An SLO in force is grouped by labels. */
  get hasGroups(): boolean {
    return this.#hasGroups;
  }

  /** Every source that SLOs name, whether it is configured or not. */
  get sources(): ReadonlySet<string> {
    return this.#sources;
  }

  /** Reads the folder and what was fetched of repositories; true when something changed and was applied. */
  async refresh(): Promise<boolean> {
    const { config, store, clock, known } = this.#options;
    const folder = await this.#scan();
    const labelSets = await readLabelSets(store.db);
    const read = folder.files.map((f) => [f.file, f.hash]);
    const marks = [...(await readDocumentRevisions(store.db))];
    const fingerprint = JSON.stringify([read, folder.unreadable, [...labelSets], marks]);
    if (fingerprint === this.#seen) return false;
    const repositories = await readDocumentRepositories(store.db);
    const fetched = scanRepositories(repositories);
    const files = [...folder.files, ...fetched.files];
    const unreadable = [...folder.unreadable, ...fetched.unreadable];
    const catalog = catalogInForce(files, await readGoodDocuments(store.db));
    const slos = this.#inForce(catalog, { fetched, labelSets });
    const documents = withUnknownSources(catalog, known, defaultSource(config));
    const revisions = new Map(repositories.map(({ name, revision }) => [name, revision]));
    const input = { documents, unreadable, slos, revisions, urls: urlsOf(fetched) };
    if (!(await applyCatalog(store.db, { ...input, now: clock() }))) return false;
    this.#seen = fingerprint;
    this.#sources = new Set(slos.map(({ source }) => source));
    this.#hasGroups = slos.some(({ definition }) => definition.grouping !== undefined);
    log().info({ documents: files.length, slos: slos.length }, "SLO documents read");
    return true;
  }

  /** With the team and the source that they leave to the configuration, and the instances of those with groups. */
  #inForce(
    catalog: Catalog,
    { fetched, labelSets }: { fetched: RepositoryScan; labelSets: KnownSets },
  ): SloInForce[] {
    const { config } = this.#options;
    const fallback = defaultSource(config);
    const teams = new Map(config.delivery.services.map(({ name, team }) => [name, team]));
    return catalog.slos.flatMap(({ definition: said, place }) => {
      const whole = { ...said, team: said.team ?? teams.get(said.service) ?? null };
      const source = sourceOf(whole, fallback);
      return [whole, ...instancesOf(whole, labelSets)].map((definition) => ({
        definition,
        path: place.file,
        origin: originOf(fetched, place),
        source,
        sliKey: sliKey(countedSli(definition), source),
      }));
    });
  }

  /** Where every document is gone at once, a disk is missing rather than every SLO given up. */
  async #scan(): Promise<Scan> {
    const { config, store } = this.#options;
    const scan = await scanDocuments(config.slos);
    if (scan.files.length > 0 || scan.unreadable.length > 0) return scan;
    const known = (await readDocuments(store.db)).map(({ path }) => path);
    const own = known.filter((path) => !isOfRepository(path));
    return { files: [], unreadable: own.map(allGone) };
  }
}

function urlsOf(fetched: RepositoryScan): Map<string, string> {
  return new Map(
    [...fetched.origins.keys()].flatMap((file) => {
      const origin = originOf(fetched, { file });
      return origin ? [[file, origin.url]] : [];
    }),
  );
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

import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ServiceSettings } from "#config/delivery.ts";
import { type CatalogService, readCatalog } from "#lib/spec/backstage/catalog.ts";
import type { Finding } from "#lib/spec/model.ts";
import type { DocumentText } from "#lib/spec/open.ts";

export interface CatalogServices {
  readonly services: readonly CatalogService[];
  readonly findings: readonly Finding[];
}

/** Reads the Backstage catalog that globs name, at the start. What is wrong in it costs that entity alone. */
export function loadCatalog(globs: readonly string[], base: string): CatalogServices {
  const files: DocumentText[] = [];
  const unreadable: Finding[] = [];
  for (const glob of globs) {
    const paths = globSync(/* turbopackIgnore: true */ glob, { cwd: base }).sort();
    if (paths.length === 0) unreadable.push(cannotRead(glob, "there is no such file"));
    for (const file of paths.filter((path) => !files.some((known) => known.file === path))) {
      try {
        files.push({
          file,
          text: readFileSync(/* turbopackIgnore: true */ resolve(base, file), "utf8"),
        });
      } catch (error) {
        unreadable.push(cannotRead(file, error instanceof Error ? error.message : String(error)));
      }
    }
  }
  const { services, findings } = readCatalog(files);
  return { services, findings: [...unreadable, ...findings] };
}

function cannotRead(file: string, why: string): Finding {
  const place = { file, line: 1, column: 1, path: "" };
  return { ...place, severity: "error", code: "unreadable", message: `cannot be read: ${why}` };
}

interface Merging {
  readonly production: string;
  /** Without GitHub nothing is fetched from repositories. */
  readonly hasGithub: boolean;
  /** Where repositories keep SLO documents. */
  readonly slos: string | null;
}

/** Services of the configuration with those of the catalog: what the configuration says of one counts. */
export function withCatalog(
  configured: readonly ServiceSettings[],
  catalog: readonly CatalogService[],
  { production, hasGithub, slos }: Merging,
): ServiceSettings[] {
  const known = new Map(catalog.toReversed().map((service) => [service.name, service]));
  const merged = configured.map((service) => {
    const { team, repository } = known.get(service.name) ?? { team: null, repository: null };
    return {
      ...service,
      team: service.team ?? team,
      repository: service.repository ?? (hasGithub ? repository : null),
    };
  });
  const names = new Set(configured.map(({ name }) => name));
  const added = [...known.values()].filter(({ name }) => !names.has(name));
  return [
    ...merged,
    ...added.map(({ name, team, repository }) => ({
      ...{ name, team, repository: hasGithub ? repository : null },
      ...{
        environments: null,
        production,
        deployments: "auto" as const,
        tags: null,
        workflow: null,
        paths: null,
        slos,
      },
    })),
  ];
}

import { type CatalogService, readComponent } from "#lib/spec/backstage/component.ts";
import { type Entity, type EntityKind, openEntity } from "#lib/spec/backstage/entity.ts";
import { readText } from "#lib/spec/fields.ts";
import { Findings } from "#lib/spec/findings.ts";
import type { Finding, Place } from "#lib/spec/model.ts";
import type { DocumentText } from "#lib/spec/open.ts";
import { parseYaml } from "#lib/spec/yaml.ts";

export type { CatalogService } from "#lib/spec/backstage/component.ts";

/** A Group of a Backstage catalog. */
export interface CatalogTeam {
  readonly name: string;
  readonly title: string | null;
  readonly place: Place;
}

export interface ReadCatalog {
  readonly services: readonly CatalogService[];
  readonly teams: readonly CatalogTeam[];
  readonly findings: readonly Finding[];
}

/**
 * Reads files of a Backstage catalog: Components are services, Groups are teams, other kinds are left
 * alone. Names must be unique over all files; an entity with a mistake is left out.
 * @example readCatalog([{ file: "catalog-info.yaml", text }]).services[0]?.team // "shop"
 */
export function readCatalog(files: readonly DocumentText[]): ReadCatalog {
  const opened = files.map(openFile);
  const entities = opened.flatMap((file) => file.entities);
  tellTwice(entities);
  const read = <T>(kind: EntityKind, of: (entity: Entity) => T | null): T[] =>
    entities.filter((entity) => entity.kind === kind).flatMap((entity) => whole(entity, of) ?? []);
  return {
    services: read("Component", readComponent),
    teams: read("Group", readGroup),
    findings: opened.flatMap(({ findings }) => findings.sorted),
  };
}

interface OpenedCatalog {
  readonly findings: Findings;
  readonly entities: readonly Entity[];
}

function openFile({ file, text }: DocumentText): OpenedCatalog {
  const findings = new Findings(file);
  const roots = parseYaml(text, findings);
  const nodes = roots.flatMap((root) => (root.kind === "list" ? root.items : [root]));
  return { findings, entities: nodes.flatMap((node) => openEntity(node, findings) ?? []) };
}

/** An error found while opening or reading the entity leaves it out. */
function whole<T>(entity: Entity, read: (entity: Entity) => T | null): T | null {
  const before = entity.findings.errors;
  const value = read(entity);
  return entity.whole && entity.findings.errors === before ? value : null;
}

/** Names are one's own within a kind; the namespace does not stand in addresses. */
function tellTwice(entities: readonly Entity[]): void {
  const named = Map.groupBy(entities, ({ kind, name }) => `${kind} ${name}`);
  for (const same of named.values()) {
    for (const { node, name, kind, findings } of same) {
      const other = same.find((one) => one.node !== node);
      if (!other || name === null) continue;
      const at = `${other.findings.file}:${other.node.line}`;
      const message = `the ${kind} ${name} is in ${at} as well; the first one counts`;
      findings.lint(node, "catalog-twice", message);
    }
  }
}

function readGroup({ name, metadata, findings, node }: Entity): CatalogTeam | null {
  if (name === null) return null;
  const { line, column, path } = node;
  const title = readText(metadata.get("title"), findings);
  return { name, title, place: { file: findings.file, line, column, path } };
}

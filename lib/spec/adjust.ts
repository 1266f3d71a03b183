import { repositoryOf } from "#lib/sources/repositoryFiles.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe } from "#lib/spec/located.ts";
import type { LocatedSlo, SaidExclusion } from "#lib/spec/model.ts";
import type { OpenedFile } from "#lib/spec/open.ts";
import { readAdjustment, type Target } from "#lib/spec/openslo/adjustment.ts";
import type { OpenSloObjects } from "#lib/spec/openslo/objects.ts";
import { nearest } from "#lib/spec/suggest.ts";

/** What a target may mean: the SLOs of each file, and the documents of OpenSLO that made some. */
export interface Known {
  readonly slos: readonly (readonly LocatedSlo[])[];
  readonly objects: OpenSloObjects;
}

/**
 * The SLOs of each file with what BudgetAdjustments of all files leave out of them. One that there is
 * not is an error where it is named; the others have it all the same.
 * @example adjust(files, { slos: [[slo]], objects })[0]?.[0]?.definition.exclusions?.length // 1
 */
export function adjust(files: readonly OpenedFile[], known: Known): LocatedSlo[][] {
  const all = known.slos.flat();
  const said = new Map<LocatedSlo, SaidExclusion[]>();
  for (const { findings, node } of adjustmentsOf(files)) {
    const adjustment = readAdjustment(node, findings);
    for (const target of adjustment?.targets ?? []) {
      const of = "service" in target ? "service" : "slo";
      const reach = { all: withinReach(all, findings.file), objects: known.objects };
      for (const slo of meant(target, reach, findings)) {
        if (adjustment) said.set(slo, [...(said.get(slo) ?? []), { of, ...adjustment.said }]);
      }
    }
  }
  return known.slos.map((slos) => slos.map((slo) => withSaid(slo, said.get(slo))));
}

/** The folder is everybody's; who may merge to one repository decides nothing about SLOs of another. */
function withinReach(slos: readonly LocatedSlo[], file: string): readonly LocatedSlo[] {
  const own = repositoryOf(file);
  return own === null ? slos : slos.filter(({ place }) => repositoryOf(place.file) === own);
}

function adjustmentsOf(files: readonly OpenedFile[]) {
  return files.flatMap(({ roots, findings }) =>
    roots
      .filter(({ dialect }) => dialect === "budget-adjustment")
      .map(({ node }) => ({ node, findings })),
  );
}

function withSaid(slo: LocatedSlo, said: readonly SaidExclusion[] | undefined): LocatedSlo {
  if (!said) return slo;
  const { definition } = slo;
  return {
    ...slo,
    definition: { ...definition, exclusions: [...(definition.exclusions ?? []), ...said] },
  };
}

interface Choice {
  readonly all: readonly LocatedSlo[];
  readonly objects: OpenSloObjects;
}

function meant(target: Target, { all, objects }: Choice, findings: Findings): LocatedSlo[] {
  const { node } = target;
  if ("service" in target) {
    const own = all.filter(({ definition }) => definition.service === target.service);
    if (own.length > 0) return own;
    const services = all.map(({ definition }) => definition.service);
    const message = `no SLO of these documents is of the service ${describe(node)}`;
    findings.error(node, "no-such-object", withNear(message, target.service, services));
    return [];
  }
  const named = all.filter((slo) => isNamed(slo, target.slo, objects));
  if (named.length === 0) {
    const names = all.map(({ definition }) => definition.name);
    const message = `there is no SLO ${describe(node)} in these documents`;
    findings.error(node, "no-such-object", withNear(message, target.slo, names));
  }
  return oneService(named, target, findings);
}

function withNear(message: string, name: string, candidates: readonly string[]): string {
  const near = nearest(name, [...new Set(candidates)]);
  return near === null
    ? `${message}; write it, or correct the name`
    : `${message}; did you mean ${near}?`;
}

/** Of an OpenSLO document with several objectives all of its SLOs go by its name. */
function isNamed({ definition, place }: LocatedSlo, name: string, objects: OpenSloObjects) {
  if (definition.name === name) return true;
  return objects.named("SLO", name).some(({ envelope: { node }, findings: { file } }) => {
    return file === place.file && node.line === place.line && node.column === place.column;
  });
}

function oneService(
  named: readonly LocatedSlo[],
  { node, project }: Extract<Target, { slo: string }>,
  findings: Findings,
): LocatedSlo[] {
  const own = named.filter(({ definition }) => definition.service === project);
  if (own.length > 0) return own;
  const services = [...new Set(named.map(({ definition }) => definition.service))];
  if (services.length < 2) return [...named];
  const message = `is the name of an SLO of ${services.sort().join(" and of ")}; write project: with the service that is meant`;
  findings.error(node, "no-such-object", message);
  return [];
}

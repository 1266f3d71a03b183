import { readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import { type Envelope, readEnvelope } from "#lib/spec/openslo/envelope.ts";
import type { OpenSloKind } from "#lib/spec/openslo/kinds.ts";

/** One object of OpenSLO with the findings of its own file. */
export interface OpenSloObject {
  readonly kind: OpenSloKind;
  readonly envelope: Envelope;
  readonly findings: Findings;
}

/** Every object of the files that count together, so that they can refer to each other. */
export class OpenSloObjects {
  readonly #all: OpenSloObject[] = [];
  readonly #byNode = new Map<Located, OpenSloObject>();
  readonly #named = new Map<string, OpenSloObject[]>();
  readonly #ambiguous = new Set<OpenSloObject>();

  /** Opens one document; its kind has been recognized before. */
  add(node: Located, findings: Findings): void {
    const envelope = readEnvelope(node, findings);
    if (!envelope) return;
    const object = { kind: envelope.kind, envelope, findings };
    this.#all.push(object);
    this.#byNode.set(node, object);
    if (envelope.name === null) return;
    const key = `${object.kind} ${envelope.name}`;
    this.#named.set(key, [...(this.#named.get(key) ?? []), object]);
  }

  get all(): readonly OpenSloObject[] {
    return this.#all;
  }

  at(node: Located): OpenSloObject | null {
    return this.#byNode.get(node) ?? null;
  }

  named(kind: OpenSloKind, name: string): readonly OpenSloObject[] {
    return this.#named.get(`${kind} ${name}`) ?? [];
  }

  /** Two objects of one kind and name: whoever refers to it could mean either. SLOs clash by service and name instead. */
  tellTwice(): void {
    for (const objects of this.#named.values()) {
      if (objects.length < 2 || objects[0]?.kind === "SLO") continue;
      for (const object of objects) {
        const other = objects.find((candidate) => candidate !== object);
        this.#ambiguous.add(object);
        if (other) object.findings.error(object.envelope.node, "duplicate-object", twice(other));
      }
    }
  }

  /** Whether another object has its kind and name. */
  isAmbiguous(object: OpenSloObject): boolean {
    return this.#ambiguous.has(object);
  }

  /** The object that a reference means; an error at the reference when it is not there. */
  refer(kind: OpenSloKind, node: Located, findings: Findings): OpenSloObject | null {
    const name = readText(node, findings);
    if (name === null) return null;
    const object = this.named(kind, name)[0];
    if (object) return object;
    const other = this.#all.find(({ envelope }) => envelope.name === name);
    return findings.error(node, "no-such-object", missing(kind, node, other));
  }
}

function twice({ kind, envelope, findings }: OpenSloObject): string {
  return `the ${kind} ${envelope.name} is defined in ${where(findings, envelope.node)} as well; rename one or take it out`;
}

function missing(kind: OpenSloKind, node: Located, other: OpenSloObject | undefined): string {
  const none = `there is no ${kind} ${describe(node)} in these documents`;
  if (!other) return `${none}; write it, or correct the name`;
  return `${none}; ${where(other.findings, other.envelope.node)} has the ${other.kind} of that name`;
}

/**
 * A place as messages name it.
 * @example where(findings of "a.yaml", node in line 3) // "a.yaml:3"
 */
export function where({ file }: Findings, { line }: Located): string {
  return `${file}:${line}`;
}

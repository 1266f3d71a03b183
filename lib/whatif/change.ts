import { Findings } from "#lib/spec/findings.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { readObjective } from "#lib/whatif/objective.ts";
import { readLevels } from "#lib/whatif/thresholds.ts";
import { readWindow } from "#lib/whatif/window.ts";

/** What of a definition can be asked for differently. */
export const CHANGE_FIELDS = ["objective", "window", "thresholds"] as const;
export type ChangeField = (typeof CHANGE_FIELDS)[number];

/** As it was written; null or empty = as it is now. */
export type ChangeFields = Readonly<Record<ChangeField, string | null>>;

export interface ChangeReading {
  /** The definition with what was asked; null while something of it cannot be read. */
  readonly definition: SloDefinition | null;
  /** What is wrong with a field and what to write, one sentence each. */
  readonly mistakes: Readonly<Partial<Record<ChangeField, string>>>;
}

/**
 * The definition that a what-if asks for: the present one but for what is written. Nothing written is
 * the present one itself.
 * @example readChange(present, { objective: "99.9 %", window: null, thresholds: null }).definition?.objective // 0.999
 */
export function readChange(present: SloDefinition, fields: ChangeFields): ChangeReading {
  const objective = reading(fields.objective, present.objective, readObjective);
  const window = reading(fields.window, present.window, (text, findings) =>
    readWindow(text, present.window, findings),
  );
  const policy = reading(fields.thresholds, present.policy, (text, findings) =>
    readLevels(text, present.policy, findings),
  );
  const mistakes = {
    ...mistakeOf("objective", objective.mistake),
    ...mistakeOf("window", window.mistake),
    ...mistakeOf("thresholds", policy.mistake),
  };
  if (objective.value === null || window.value === null || policy.value === null) {
    return { definition: null, mistakes };
  }
  const asked = { objective: objective.value, window: window.value, policy: policy.value };
  return { definition: { ...present, ...asked }, mistakes };
}

interface FieldReading<T> {
  readonly value: T | null;
  readonly mistake: string | null;
}

function reading<T>(
  written: string | null,
  present: T,
  read: (text: string, findings: Findings) => T | null,
): FieldReading<T> {
  const text = written?.trim() ?? "";
  if (text === "") return { value: present, mistake: null };
  const findings = new Findings("");
  const value = read(text, findings);
  const error = findings.sorted.find(({ severity }) => severity === "error");
  if (error) return { value: null, mistake: sentence(error.message) };
  return { value, mistake: null };
}

/** Findings follow the name of a field in a document; here they stand under it by themselves. */
function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

function mistakeOf(field: ChangeField, mistake: string | null) {
  return mistake === null ? {} : { [field]: mistake };
}

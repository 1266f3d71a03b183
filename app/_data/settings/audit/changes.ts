/** One field of what was changed; undefined where it was not there. */
export interface FieldChange {
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
}

type Facts = Readonly<Record<string, unknown>> | null;

/** What differs between before and after, field by field in the order in which they were written. */
export function fieldChanges(before: Facts, after: Facts): FieldChange[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].flatMap((field) => {
    const was = spelt(before?.[field]);
    const is = spelt(after?.[field]);
    if (was === is) return [];
    return {
      field,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    };
  });
}

/** A value for people: lists with commas, nothing as "none", anything deeper as JSON. */
function spelt(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null || value === "") return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(spelt).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

import { fieldOf, isoOf } from "#components/incidents/time-field.tsx";
import type { IncidentView } from "#components/incidents/view.ts";

type Editable = Pick<
  IncidentView,
  | "service"
  | "title"
  | "severity"
  | "incidentClass"
  | "url"
  | "runbookUrl"
  | "postmortemUrl"
  | "startedAt"
  | "detectedAt"
  | "mitigatedAt"
  | "resolvedAt"
>;

const TEXTS = ["service", "title", "severity", "incidentClass"] as const;
const URLS = ["url", "runbookUrl", "postmortemUrl"] as const;
const TIMES = ["startedAt", "detectedAt", "mitigatedAt", "resolvedAt"] as const;

/**
 * What somebody has changed in a form: only that is sent, so that what nobody touched (and seconds,
 * which the form does not show) is not taken for set by hand. An emptied field is null.
 */
export function changedIn(form: FormData, before: Editable): Record<string, string | null> {
  const written = (name: string) => String(form.get(name) ?? "").trim();
  const texts = [...TEXTS, ...URLS].flatMap((name) => {
    const text = written(name);
    return !form.has(name) || text === (before[name] ?? "") ? [] : [[name, text || null] as const];
  });
  const times = TIMES.flatMap((name) => {
    const at = before[name];
    const text = written(name);
    const isSame = text === (at === null ? "" : fieldOf(at));
    return !form.has(name) || isSame ? [] : [[name, isoOf(text)] as const];
  });
  return Object.fromEntries([...texts, ...times]);
}

"use client";

import { editAnswer } from "#app/_data/incidents/answers.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import type { IncidentView } from "#components/incidents/view.ts";
import type { FormProblem } from "#components/ui/form-problem.ts";

interface Editing {
  /** True when it is done. */
  readonly edit: (fields: object) => Promise<boolean>;
  /** The same for what has an address of its own below the incident's. */
  readonly put: (what: "cause" | "merge", fields: object) => Promise<boolean>;
  readonly pending: boolean;
  readonly problem: FormProblem | null;
  readonly forget: () => void;
}

/** Changes of one incident as it was seen: one that another has changed since is not written over. */
export function useEdit({ id, updatedAt }: Pick<IncidentView, "id" | "updatedAt">): Editing {
  const { send, pending, problem, forget } = useChange(editAnswer);
  const path = incidentRoute(id);
  return {
    edit: async (fields) =>
      (await send({ method: "PATCH", path, body: { updatedAt, ...fields } })) !== null,
    put: async (what, fields) =>
      (await send({ method: "PUT", path: `${path}/${what}`, body: { updatedAt, ...fields } })) !==
      null,
    ...{ pending, problem, forget },
  };
}

export function incidentRoute(id: string): string {
  return `/api/incidents/${encodeURIComponent(id)}`;
}

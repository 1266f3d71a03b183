"use client";

import { useState } from "react";
import { useEdit } from "#app/(dashboard)/incidents/[id]/use-edit.ts";
import { FormDialog } from "#components/incidents/form-dialog.tsx";
import { isoOf, TimeField } from "#components/incidents/time-field.tsx";
import type { IncidentView } from "#components/incidents/view.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";

/** Resolves an incident, or opens it again. */
export function EndIncident({ view }: { view: IncidentView }) {
  return view.resolvedAt === null ? <Resolve view={view} /> : <Reopen view={view} />;
}

function Resolve({ view }: { view: IncidentView }) {
  const { edit, pending, problem, forget } = useEdit(view);
  const [askedAt, setAskedAt] = useState<number | null>(null);
  const show = () => {
    forget();
    setAskedAt(Date.now());
  };
  const submit = async (form: FormData) => {
    const resolvedAt = isoOf(String(form.get("resolvedAt") ?? ""));
    if (await edit({ resolvedAt })) setAskedAt(null);
  };
  return (
    <>
      <Button aria-haspopup="dialog" onClick={show}>
        Resolve
      </Button>
      {askedAt !== null && (
        <FormDialog
          title="Resolve the incident"
          label="Resolve"
          {...{ pending, problem }}
          onSubmit={submit}
          onClose={() => setAskedAt(null)}
        >
          <TimeField
            label="When did it end?"
            name="resolvedAt"
            at={askedAt}
            required
            problem={fieldProblem(problem, "resolvedAt")}
          />
        </FormDialog>
      )}
    </>
  );
}

function Reopen({ view }: { view: IncidentView }) {
  const { edit, pending, problem } = useEdit(view);
  return (
    <ConfirmButton
      label="Reopen"
      title="Reopen the incident"
      tone="plain"
      onConfirm={() => edit({ resolvedAt: null })}
      {...{ pending, problem }}
    >
      It counts as open again since it started; its recovery time goes on growing.
    </ConfirmButton>
  );
}

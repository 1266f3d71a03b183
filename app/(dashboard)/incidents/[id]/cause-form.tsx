"use client";

import { useState } from "react";
import { useEdit } from "#app/(dashboard)/incidents/[id]/use-edit.ts";
import { ChoiceOptions } from "#components/incidents/choice-options.tsx";
import { FormDialog } from "#components/incidents/form-dialog.tsx";
import type { Choice, IncidentView } from "#components/incidents/view.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";

interface CauseFormProps {
  readonly view: IncidentView;
  readonly deployments: readonly Choice[];
}

/** A person's word on the cause, and taking it back. */
export function CauseForm({ view, deployments }: CauseFormProps) {
  const { put, pending, problem } = useEdit(view);
  return (
    <div className="flex flex-wrap gap-2 px-4 pb-4">
      <SetCause view={view} deployments={deployments} />
      {view.causeBy && (
        <ConfirmButton
          label="Take it back"
          title="Take back the cause set by hand"
          tone="plain"
          onConfirm={() => put("cause", { deployment: "inferred" })}
          {...{ pending, problem }}
        >
          What the facts say counts again. The audit log keeps who had set what.
        </ConfirmButton>
      )}
    </div>
  );
}

/** No id is empty. */
const NONE = "";

function SetCause({ view, deployments }: CauseFormProps) {
  const { put, pending, problem, forget } = useEdit(view);
  const [open, setOpen] = useState(false);
  const show = () => {
    forget();
    setOpen(true);
  };
  const submit = async (form: FormData) => {
    const id = String(form.get("deployment") ?? NONE);
    if (await put("cause", { deployment: id === NONE ? "none" : { id } })) setOpen(false);
  };
  return (
    <>
      <Button aria-haspopup="dialog" onClick={show}>
        Set the cause
      </Button>
      {open && (
        <FormDialog
          title="Which deployment caused it?"
          label="Set the cause"
          {...{ pending, problem }}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          <SelectField
            label="Deployment"
            name="deployment"
            hint="Of this service for a fortnight before, of others for a day."
            data-first-focus
            defaultValue={view.cause.deployment?.id ?? deployments[0]?.id ?? NONE}
            problem={fieldProblem(problem, "deployment")}
          >
            <ChoiceOptions choices={deployments} />
            <option value={NONE}>None: no deployment caused it</option>
          </SelectField>
        </FormDialog>
      )}
    </>
  );
}

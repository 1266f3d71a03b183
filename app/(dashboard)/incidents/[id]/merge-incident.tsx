"use client";

import { useState } from "react";
import { useEdit } from "#app/(dashboard)/incidents/[id]/use-edit.ts";
import { ChoiceOptions } from "#components/incidents/choice-options.tsx";
import { FormDialog } from "#components/incidents/form-dialog.tsx";
import type { Choice, IncidentView } from "#components/incidents/view.ts";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";

interface MergeIncidentProps {
  readonly view: IncidentView;
  /** What it may turn out to be, nearest in time first. */
  readonly targets: readonly Choice[];
}

/** Says that an incident was another one. */
export function MergeIncident({ view, targets }: MergeIncidentProps) {
  const { put, pending, problem, forget } = useEdit(view);
  const [open, setOpen] = useState(false);
  const show = () => {
    forget();
    setOpen(true);
  };
  const submit = async (form: FormData) => {
    if (await put("merge", { into: form.get("into") })) setOpen(false);
  };
  if (targets.length === 0) return null;
  return (
    <>
      <Button aria-haspopup="dialog" onClick={show}>
        Merge
      </Button>
      {open && (
        <FormDialog
          title="Merge the incident into another"
          label="Merge"
          {...{ pending, problem }}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          <p className="text-[13px] text-ink-2">
            It is then counted no more, and its address leads to the other one, from where it can be
            separated again.
          </p>
          <SelectField
            label="It turned out to be"
            name="into"
            data-first-focus
            problem={fieldProblem(problem, "into")}
          >
            <ChoiceOptions choices={targets} />
          </SelectField>
        </FormDialog>
      )}
    </>
  );
}

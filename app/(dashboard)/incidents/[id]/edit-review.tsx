"use client";

import { useState } from "react";
import { useEdit } from "#app/(dashboard)/incidents/[id]/use-edit.ts";
import { FormDialog } from "#components/incidents/form-dialog.tsx";
import { type IncidentView, REVIEW_PARTS } from "#components/incidents/view.ts";
import { REVIEW_HINT, REVIEW_WORD } from "#components/incidents/words.ts";
import { Button } from "#components/ui/button.tsx";
import { TextArea } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";

/** The parts of a review, to be written. */
export function EditReview({ view }: { view: IncidentView }) {
  const { edit, pending, problem, forget } = useEdit(view);
  const [open, setOpen] = useState(false);
  const show = () => {
    forget();
    setOpen(true);
  };
  const submit = async (form: FormData) => {
    const written = REVIEW_PARTS.map((part) => [part, String(form.get(part) ?? "")]);
    if (await edit({ review: Object.fromEntries(written) })) setOpen(false);
  };
  return (
    <>
      <Button aria-haspopup="dialog" onClick={show}>
        Write
      </Button>
      {open && (
        <FormDialog
          title="Review of the incident"
          label="Save"
          {...{ pending, problem }}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          {REVIEW_PARTS.map((part, i) => (
            <TextArea
              key={part}
              label={REVIEW_WORD[part]}
              hint={REVIEW_HINT[part]}
              name={part}
              rows={3}
              defaultValue={view.review[part]}
              problem={fieldProblem(problem, "review")}
              {...(i === 0 ? { "data-first-focus": true } : {})}
            />
          ))}
        </FormDialog>
      )}
    </>
  );
}

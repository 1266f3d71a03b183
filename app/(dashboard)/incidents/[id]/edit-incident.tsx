"use client";

import { useState } from "react";
import { useEdit } from "#app/(dashboard)/incidents/[id]/use-edit.ts";
import { changedIn } from "#components/incidents/changed.ts";
import { LinkField, WhatFields, WhenFields } from "#components/incidents/detail-fields.tsx";
import { FormDialog } from "#components/incidents/form-dialog.tsx";
import type { IncidentView } from "#components/incidents/view.ts";
import { ORIGIN_WORD } from "#components/incidents/words.ts";
import { Button } from "#components/ui/button.tsx";

interface EditIncidentProps {
  readonly view: IncidentView;
  readonly services: readonly string[];
  readonly classes: readonly string[];
}

/** What is said of an incident, in a form. */
export function EditIncident({ view, services, classes }: EditIncidentProps) {
  const { edit, pending, problem, forget } = useEdit(view);
  const [open, setOpen] = useState(false);
  const show = () => {
    forget();
    setOpen(true);
  };
  const submit = async (form: FormData) => {
    const fields = changedIn(form, view);
    if (Object.keys(fields).length === 0 || (await edit(fields))) setOpen(false);
  };
  return (
    <>
      <Button aria-haspopup="dialog" onClick={show}>
        Edit
      </Button>
      {open && (
        <FormDialog
          title="Edit the incident"
          label="Save"
          {...{ pending, problem }}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          {view.origin !== "hand" && (
            <p className="text-[13px] text-ink-2">
              What you change here stays as you set it, whatever {ORIGIN_WORD[view.origin]} says
              later.
            </p>
          )}
          <WhatFields {...view} {...{ services, classes, problem }} />
          <WhenFields times={view} problem={problem} />
          <LinkField label="Told in" name="url" value={view.url} problem={problem} />
          <LinkField label="Runbook" name="runbookUrl" value={view.runbookUrl} problem={problem} />
          <LinkField
            label="Postmortem"
            name="postmortemUrl"
            value={view.postmortemUrl}
            problem={problem}
          />
        </FormDialog>
      )}
    </>
  );
}

"use client";

import { useState } from "react";
import { doneAnswer } from "#app/_data/policy/answers.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { FormDialog } from "#components/incidents/form-dialog.tsx";
import type { OwedLine } from "#components/policy/view.ts";
import { owedWords } from "#components/policy/words.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { TextArea, TextField } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";

/** Says that an item is done, and where; of one that is done, that it is not. */
export function SettleOwed({ line }: { line: OwedLine }) {
  return line.doneAt === null ? <Settle line={line} /> : <Reopen line={line} />;
}

function Settle({ line }: { line: OwedLine }) {
  const { send, pending, problem, forget } = useChange(doneAnswer);
  const [open, setOpen] = useState(false);
  const show = () => {
    forget();
    setOpen(true);
  };
  const submit = async (form: FormData) => {
    const text = (name: string) => String(form.get(name) ?? "").trim() || null;
    const body = { done: true, url: text("url"), note: text("note") };
    if (await send({ method: "PUT", path: pathOf(line), body })) setOpen(false);
  };
  return (
    <>
      <Button aria-haspopup="dialog" aria-label={`Done: ${nameOf(line)}`} onClick={show}>
        Done
      </Button>
      {open && (
        <FormDialog
          title={`${KIND_WORD[line.kind]} done`}
          label="It is done"
          {...{ pending, problem }}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          <p className="text-[13px] text-ink-2">{owedWords(line)}.</p>
          <TextField
            type="url"
            label="Where it is"
            name="url"
            placeholder="https://"
            problem={fieldProblem(problem, "url")}
          />
          <TextArea
            label="Note"
            hint="Needed where there is nothing to link to."
            name="note"
            rows={2}
            problem={fieldProblem(problem, "note")}
          />
        </FormDialog>
      )}
    </>
  );
}

function Reopen({ line }: { line: OwedLine }) {
  const { send, pending, problem } = useChange(doneAnswer);
  const reopen = async () =>
    (await send({ method: "PUT", path: pathOf(line), body: { done: false } })) !== null;
  return (
    <ConfirmButton
      label="Reopen"
      title={`Reopen: ${nameOf(line)}`}
      tone="plain"
      onConfirm={reopen}
      {...{ pending, problem }}
    >
      It stands on the team's page again until it is done.
    </ConfirmButton>
  );
}

const KIND_WORD = { postmortem: "Postmortem", planning: "Planning item" } as const;

function nameOf({ incident, service, slo }: OwedLine): string {
  return incident?.title ?? `${service} / ${slo}`;
}

function pathOf({ id }: OwedLine): string {
  return `/api/owed/${id}`;
}

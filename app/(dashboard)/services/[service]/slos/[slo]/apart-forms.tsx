"use client";

import { useState } from "react";
import { z } from "zod";
import type { SloPage } from "#app/_data/slo/query.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { FormDialog } from "#components/incidents/form-dialog.tsx";
import { fieldOf, isoOf } from "#components/incidents/time-field.tsx";
import {
  BudgetField,
  KindFields,
  SpanFields,
  WordFields,
} from "#components/slo/apart/apart-fields.tsx";
import type { ApartLine } from "#components/slo/apart/view.ts";
import type { PlannedWindow } from "#components/slo/apart/warning.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { useZone } from "#components/ui/time.tsx";
import { apartTitle } from "#lib/charts/apart.ts";
import { HOUR } from "#lib/time/duration.ts";
import { ApartWarning } from "./apart-warning.tsx";

const PATH = "/api/v1/exclusions";
const answer = z.object({ id: z.number() });

/** Tells of a window of maintenance or of an experiment. */
export function AddApart({ page }: { page: SloPage }) {
  const { service, name: slo } = page.head;
  const { send, pending, problem, forget } = useChange(answer);
  const zone = useZone();
  const [openedAt, setOpenedAt] = useState<number | null>(null);
  const [planned, setPlanned] = useState<PlannedWindow | null>(null);
  const show = () => {
    forget();
    const from = Date.now();
    setOpenedAt(from);
    setPlanned({ kind: "maintenance", excluded: "", from, to: from + HOUR });
  };
  const submit = async (form: FormData) => {
    const text = (name: string) => textOf(form, name);
    const body = {
      ...{ service, slo: text("slo") || null, kind: text("kind") },
      ...{ ...wordsOf(form), rrule: text("rrule") || null, zone },
      ...{ startsAt: isoOf(text("startsAt")), endsAt: isoOf(text("endsAt")) },
    };
    if (await send({ method: "POST", path: PATH, body })) setOpenedAt(null);
  };
  return (
    <>
      <Button aria-haspopup="dialog" onClick={show}>
        Add a window
      </Button>
      {openedAt !== null && (
        <FormDialog
          title={`A window of ${service}`}
          label="Add it"
          {...{ pending, problem }}
          onSubmit={submit}
          onClose={() => setOpenedAt(null)}
        >
          {planned && <ApartWarning page={page} window={planned} />}
          <div
            className="space-y-4"
            onChange={({ currentTarget }) => setPlanned(plannedIn(currentTarget))}
          >
            <WordFields problem={problem} />
            <KindFields slo={slo} problem={problem} />
            <SpanFields from={openedAt} to={openedAt + HOUR} problem={problem} />
            <BudgetField excluded={null} problem={problem} />
          </div>
        </FormDialog>
      )}
    </>
  );
}

/** Changes a window; the times of one that comes again stay. */
function EditApart({ line }: { line: ApartLine }) {
  const { send, pending, problem, forget } = useChange(answer);
  const [isOpen, setOpen] = useState(false);
  const show = () => {
    forget();
    setOpen(true);
  };
  const submit = async (form: FormData) => {
    const body = { ...changedWords(form, line), ...changedTimes(form, line) };
    if (await send({ method: "PATCH", path: `${PATH}/${line.id}`, body })) setOpen(false);
  };
  return (
    <>
      <Button aria-haspopup="dialog" aria-label={`Change ${apartTitle(line)}`} onClick={show}>
        Change
      </Button>
      {isOpen && (
        <FormDialog
          title={apartTitle(line)}
          label="Save"
          {...{ pending, problem }}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          <WordFields line={line} problem={problem} />
          {!line.recurs && <SpanFields {...line} problem={problem} />}
          <BudgetField excluded={line.excluded} problem={problem} />
        </FormDialog>
      )}
    </>
  );
}

/** What an editor may do with one that is listed. */
export function ApartActions({ line }: { line: ApartLine }) {
  const { send, pending, problem } = useChange(answer);
  const cancel = async () =>
    (await send({ method: "DELETE", path: `${PATH}/${line.id}` })) !== null;
  return (
    <div className="mt-1.5 flex flex-wrap gap-2">
      <EditApart line={line} />
      <ConfirmButton
        label="Remove"
        title={`Remove ${apartTitle(line)}`}
        {...{ pending, problem }}
        onConfirm={cancel}
      >
        It goes from its beginning on{line.recurs && ", with all its times"}: its events count
        again. The audit log keeps what was told.
      </ConfirmButton>
    </div>
  );
}

function plannedIn(within: HTMLElement): PlannedWindow {
  const form = new FormData(within.closest("form") ?? undefined);
  const moment = (name: string) => {
    const iso = isoOf(textOf(form, name));
    return iso === null ? null : Date.parse(iso);
  };
  return {
    ...{ kind: textOf(form, "kind"), excluded: textOf(form, "excluded") },
    ...{ from: moment("startsAt"), to: moment("endsAt") },
  };
}

function textOf(form: FormData, name: string): string {
  return String(form.get(name) ?? "").trim();
}

function wordsOf(form: FormData) {
  const excluded = textOf(form, "excluded");
  return {
    ...{ title: textOf(form, "title"), reason: textOf(form, "reason") },
    excluded: excluded === "" ? undefined : excluded === "yes",
  };
}

/** Whether it counts is sent where it was changed: until then the policy may have the say. */
function changedWords(form: FormData, line: ApartLine): object {
  const { excluded, ...words } = wordsOf(form);
  return excluded === undefined || excluded === line.excluded ? words : { ...words, excluded };
}

/** Only what was changed: what is shown is rounded to minutes. */
function changedTimes(form: FormData, { from, to, recurs }: ApartLine): object {
  if (recurs) return {};
  const [start, end] = [textOf(form, "startsAt"), textOf(form, "endsAt")];
  return {
    ...(start === fieldOf(from) ? {} : { startsAt: isoOf(start) }),
    ...(end === (to === null ? "" : fieldOf(to)) ? {} : { endsAt: isoOf(end) }),
  };
}

"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { openAnswer } from "#app/_data/incidents/answers.ts";
import type { IncidentBegun } from "#app/_data/incidents/begun.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { LinkField, WhatFields, WhenFields } from "#components/incidents/detail-fields.tsx";
import { FormDialog } from "#components/incidents/form-dialog.tsx";
import { isoOf } from "#components/incidents/time-field.tsx";
import { incidentPath } from "#components/layout/paths.ts";
import { Button } from "#components/ui/button.tsx";

interface OpenIncidentProps {
  readonly services: readonly string[];
  readonly classes: readonly string[];
  /** What a link has filled in; the form is then open from the start. */
  readonly begun: IncidentBegun | null;
}

/** Opens an incident by hand, and goes to its page. */
export function OpenIncident({ services, classes, begun }: OpenIncidentProps) {
  const router = useRouter();
  const { send, pending, problem, forget } = useChange(openAnswer);
  const [openedAt, setOpenedAt] = useState<number | null>(null);
  // Only in the browser: the server knows neither the time nor the zone of the form.
  const link = begun && JSON.stringify(begun);
  useEffect(() => {
    if (link !== null) setOpenedAt(Date.now());
  }, [link]);
  const show = () => {
    forget();
    setOpenedAt(Date.now());
  };
  const submit = async (form: FormData) => {
    const made = await send({ method: "POST", path: "/api/incidents", body: bodyOf(form) });
    if (made) router.push(incidentPath(made.id));
  };
  return (
    <>
      <Button aria-haspopup="dialog" onClick={show}>
        Open an incident
      </Button>
      {openedAt !== null && (
        <FormDialog
          title="Open an incident"
          label="Open it"
          {...{ pending, problem }}
          onSubmit={submit}
          onClose={() => setOpenedAt(null)}
        >
          <WhatFields
            {...{ services, classes, problem, ...begun }}
            severity={begun?.severity ?? "SEV2"}
          />
          <WhenFields
            times={{ startedAt: begun?.since ?? openedAt, ...NOT_YET }}
            problem={problem}
          />
          <LinkField label="Told in (optional)" name="url" value={null} problem={problem} />
        </FormDialog>
      )}
    </>
  );
}

const NOT_YET = { detectedAt: null, mitigatedAt: null, resolvedAt: null };

function bodyOf(form: FormData): object {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  return {
    service: text("service"),
    title: text("title"),
    severity: text("severity"),
    startedAt: isoOf(text("startedAt")),
    detectedAt: isoOf(text("detectedAt")),
    mitigatedAt: isoOf(text("mitigatedAt")),
    resolvedAt: isoOf(text("resolvedAt")),
    url: text("url") || null,
    incidentClass: text("incidentClass") || null,
  };
}

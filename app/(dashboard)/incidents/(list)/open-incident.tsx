"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { openAnswer } from "#app/_data/incidents/answers.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { LinkField, WhatFields, WhenFields } from "#components/incidents/detail-fields.tsx";
import { FormDialog } from "#components/incidents/form-dialog.tsx";
import { isoOf } from "#components/incidents/time-field.tsx";
import { incidentPath } from "#components/layout/paths.ts";
import { Button } from "#components/ui/button.tsx";

interface OpenIncidentProps {
  readonly services: readonly string[];
  readonly classes: readonly string[];
}

/** Opens an incident by hand, and goes to its page. */
export function OpenIncident({ services, classes }: OpenIncidentProps) {
  const router = useRouter();
  const { send, pending, problem, forget } = useChange(openAnswer);
  const [openedAt, setOpenedAt] = useState<number | null>(null);
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
          <WhatFields {...{ services, classes, problem }} severity="SEV2" />
          <WhenFields
            times={{ startedAt: openedAt, detectedAt: null, mitigatedAt: null, resolvedAt: null }}
            problem={problem}
          />
          <LinkField label="Told in (optional)" name="url" value={null} problem={problem} />
        </FormDialog>
      )}
    </>
  );
}

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

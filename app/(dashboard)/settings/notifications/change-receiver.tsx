"use client";

import { useState } from "react";
import { z } from "zod";
import type { TeamChoices } from "#app/_data/settings/receivers/view.ts";
import { receiverBodyOf } from "#app/(dashboard)/settings/notifications/receiver-body.ts";
import { ReceiverFields } from "#app/(dashboard)/settings/notifications/receiver-fields.tsx";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { FormDialog } from "#components/incidents/form-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ReceiverOverview } from "#db/reads/receivers.ts";

const answer = z.object({ id: z.string() });

interface ChangeReceiverProps {
  readonly receiver: ReceiverOverview;
  readonly choices: TeamChoices;
}

export function ChangeReceiver({ receiver, choices }: ChangeReceiverProps) {
  const { send, pending, problem, forget } = useChange(answer);
  const [open, setOpen] = useState(false);
  const { id, name } = receiver;
  const start = () => {
    forget();
    setOpen(true);
  };
  const change = async (form: FormData) => {
    const path = `/api/settings/receivers/${id}`;
    if (await send({ method: "PATCH", path, body: receiverBodyOf(form) })) setOpen(false);
  };
  return (
    <>
      <Button aria-haspopup="dialog" aria-label={`Change ${name}`} onClick={start}>
        Change
      </Button>
      {open && (
        <FormDialog
          title={`Change ${name}`}
          label="Save"
          pending={pending}
          problem={problem}
          onSubmit={change}
          onClose={() => setOpen(false)}
        >
          <ReceiverFields choices={choices} problem={problem} now={receiver} />
        </FormDialog>
      )}
    </>
  );
}

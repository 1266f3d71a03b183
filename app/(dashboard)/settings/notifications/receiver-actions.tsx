"use client";

import { z } from "zod";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

const answer = z.object({ id: z.string() });

interface ReceiverActionProps {
  readonly id: string;
  readonly name: string;
}

/** Switches a receiver off, or on again. */
export function SwitchReceiver({
  id,
  name,
  isOn,
}: ReceiverActionProps & { readonly isOn: boolean }) {
  const { send, pending, problem } = useChange(answer);
  const label = isOn ? "Switch off" : "Switch on";
  const body = { enabled: !isOn };
  return (
    <ConfirmButton
      label={label}
      title={`${label} ${name}`}
      tone={isOn ? "danger" : "plain"}
      onConfirm={async () =>
        (await send({ method: "PATCH", path: `/api/settings/receivers/${id}`, body })) !== null
      }
      problem={problem}
      pending={pending}
    >
      {isOn
        ? "Nothing is sent to it until it is switched on; what waits is dropped."
        : "It hears of what happens from now on. What was given up can then be sent again."}
    </ConfirmButton>
  );
}

/** Takes a receiver away. */
export function RemoveReceiver({ id, name }: ReceiverActionProps) {
  const { send, pending, problem } = useChange(answer);
  return (
    <ConfirmButton
      label="Remove"
      title={`Remove ${name}`}
      onConfirm={async () =>
        (await send({ method: "DELETE", path: `/api/settings/receivers/${id}` })) !== null
      }
      problem={problem}
      pending={pending}
    >
      Its address and secret are forgotten, and what waits is dropped. This cannot be undone.
    </ConfirmButton>
  );
}

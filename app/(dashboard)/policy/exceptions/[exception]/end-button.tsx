"use client";

import { doneAnswer } from "#app/_data/policy/answers.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

interface EndButtonProps {
  readonly id: number;
  readonly turn: "withdraw" | "revoke";
}

const WORDS = {
  withdraw: {
    label: "Withdraw",
    what: "Nobody decides on it any more. It stays in the list; whoever needs it asks anew.",
  },
  revoke: {
    label: "Revoke",
    what: "The gate blocks again from now on. It cannot be taken back; whoever needs it asks anew.",
  },
} as const;

/** Takes an exception back, before or after it was approved. */
export function EndButton({ id, turn }: EndButtonProps) {
  const { send, pending, problem } = useChange(doneAnswer);
  const { label, what } = WORDS[turn];
  const end = async () =>
    (await send({ method: "DELETE", path: `/api/exceptions/${id}` })) !== null;
  return (
    <ConfirmButton
      label={label}
      title={`${label} this exception`}
      onConfirm={end}
      {...{ pending, problem }}
    >
      {what}
    </ConfirmButton>
  );
}

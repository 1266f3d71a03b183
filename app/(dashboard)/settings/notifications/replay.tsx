"use client";

import { z } from "zod";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { ProblemLine } from "#components/ui/problem-line.tsx";

const answer = z.object({ replayed: z.int() });

interface ReplayOneProps {
  readonly receiverId: string;
  readonly delivery: number;
  /** What it tells, for those who hear the page. */
  readonly title: string;
}

/** Sends one again that was given up. */
export function ReplayOne({ receiverId, delivery, title }: ReplayOneProps) {
  const { send, pending, problem } = useChange(answer);
  const path = `/api/settings/receivers/${receiverId}/replay`;
  return (
    <>
      <ProblemLine problem={pending ? null : problem} />
      <Button
        aria-label={`Send again: ${title}`}
        disabled={pending}
        onClick={() => send({ method: "POST", path, body: { delivery } })}
      >
        Send again
      </Button>
    </>
  );
}

interface ReplayAllProps {
  readonly id: string;
  readonly name: string;
  readonly dead: number;
}

/** Sends all of a receiver's again that were given up. */
export function ReplayAll({ id, name, dead }: ReplayAllProps) {
  const { send, pending, problem } = useChange(answer);
  const path = `/api/settings/receivers/${id}/replay`;
  const body = { delivery: null };
  return (
    <ConfirmButton
      label={dead === 1 ? "Send it again" : `Send all ${dead} again`}
      title={`${dead === 1 ? "Send it again" : `Send all ${dead} again`} to ${name}`}
      tone="plain"
      onConfirm={async () => (await send({ method: "POST", path, body })) !== null}
      problem={problem}
      pending={pending}
    >
      Each is tried as if for the first time.
    </ConfirmButton>
  );
}

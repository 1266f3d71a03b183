"use client";

import { z } from "zod";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { monthName } from "#components/dora/month-name.ts";
import type { ReviewView } from "#components/reviews/view.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

const answer = z.object({ hash: z.string() });

/** Freezes what is shown; the server refuses if it is no longer what it was. */
export function Publish({ view: { numbers, updatedAt, isOver } }: { view: ReviewView }) {
  const { send, pending, problem } = useChange(answer);
  const { month, team, zone, inputs } = numbers;
  if (!isOver) {
    return (
      <p className="pb-1.5 text-small text-ink-3">
        It can be published when {monthName(month)} is over.
      </p>
    );
  }
  const publish = async () => {
    const body = { team, zone, seen: updatedAt, inputs };
    return (
      (await send({ method: "POST", path: `/api/reviews/${month}/publication`, body })) !== null
    );
  };
  return (
    <ConfirmButton
      label="Publish"
      title={`Publish the review of ${monthName(month)}`}
      onConfirm={publish}
      problem={problem}
      pending={pending}
      tone="plain"
    >
      Its numbers and notes stay as they are now, for ever, also when facts change. It cannot be
      taken back; what turns out to be wrong is said in a correction.
    </ConfirmButton>
  );
}

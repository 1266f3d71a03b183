"use client";

import { z } from "zod";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { gapWords } from "#components/dora/gap-words.ts";
import { monthName } from "#components/dora/month-name.ts";
import type { ReviewView } from "#components/reviews/view.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

const answer = z.object({ hash: z.string() });

/** Freezes what is shown; the server refuses if it is no longer what it was. */
export function Publish({ view: { numbers, updatedAt, isOver } }: { view: ReviewView }) {
  const { send, pending, problem } = useChange(answer);
  const { month, team, zone, inputs, gaps } = numbers;
  const isPart = gaps.length > 0;
  if (!isOver) {
    return (
      <p className="pb-1.5 text-small text-ink-3">
        It can be published when {monthName(month)} is over.
      </p>
    );
  }
  const publish = async () => {
    const body = { team, zone, seen: updatedAt, inputs, allTheSame: isPart };
    return (
      (await send({ method: "POST", path: `/api/reviews/${month}/publication`, body })) !== null
    );
  };
  return (
    <ConfirmButton
      label={isPart ? "Publish all the same" : "Publish"}
      title={`Publish the review of ${monthName(month)}${isPart ? " all the same" : ""}`}
      onConfirm={publish}
      problem={problem}
      pending={pending}
      tone="plain"
    >
      {isPart && (
        <p className="mb-2 text-ink">
          Not all of this month is known. {gapWords(gaps, zone).join(" ")} What is published says
          so.
        </p>
      )}
      Its numbers and notes stay as they are now, for ever, also when facts change. It cannot be
      taken back; what turns out to be wrong is said in a correction.
    </ConfirmButton>
  );
}

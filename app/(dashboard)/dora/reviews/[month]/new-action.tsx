"use client";

import { z } from "zod";
import { ActionForm } from "#app/(dashboard)/dora/reviews/[month]/action-form.tsx";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";

const answer = z.object({ id: z.string() });

/** Writes an action item into the review of a month. */
export function NewAction({ month, team }: { month: string; team: string }) {
  const { send, pending, problem } = useChange(answer);
  return (
    <div className="no-print border-t border-line px-4 pb-4">
      <ActionForm
        action={null}
        label="Add action item"
        pending={pending}
        problem={problem}
        onAsk={async (words, form) => {
          const path = `/api/reviews/${month}/actions`;
          if (await send({ method: "POST", path, body: { team, ...words } })) form.reset();
        }}
      />
    </div>
  );
}

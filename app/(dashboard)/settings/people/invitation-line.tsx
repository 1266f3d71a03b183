"use client";

import { doneAnswer } from "#app/_data/settings/people/shapes.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import type { InvitationView } from "#components/settings/people/view.ts";
import { invitedAs } from "#components/settings/people/words.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { Time } from "#components/ui/time.tsx";

/** An invitation that still works, and the button that takes it back. */
export function InvitationLine({ invitation }: { invitation: InvitationView }) {
  const { send, pending, problem } = useChange(doneAnswer);
  const { id, email, name, expiresAt } = invitation;
  const who = email ?? name ?? "whoever has the admin link";
  const revoke = async () =>
    (await send({ method: "DELETE", path: `/api/settings/people/invitations/${id}` })) !== null;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-t border-line px-4 py-2.5 text-[13px]">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-[560]">{name ?? who}</span>
        {name && email && <span className="text-ink-3"> {email}</span>}
        <span className="block text-ink-2">
          {invitedAs(invitation)}; works until <Time at={expiresAt} show="both" />
        </span>
      </span>
      <ConfirmButton
        label="Revoke"
        title={`Revoke the invitation of ${who}`}
        onConfirm={revoke}
        pending={pending}
        problem={problem}
      >
        The link stops working at once. You can invite them again.
      </ConfirmButton>
    </li>
  );
}

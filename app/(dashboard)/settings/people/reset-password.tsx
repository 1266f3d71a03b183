"use client";

import { useState } from "react";
import { type LinkAnswer, linkAnswer } from "#app/_data/settings/people/shapes.ts";
import { LinkShown } from "#app/(dashboard)/settings/people/link-shown.tsx";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import type { PersonView } from "#components/settings/people/view.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

/** Makes a link with which someone sets a new password, and shows it. */
export function ResetPassword({ person: { id, name } }: { person: PersonView }) {
  const [made, setMade] = useState<LinkAnswer | null>(null);
  const { send, pending, problem } = useChange(linkAnswer);
  const reset = async () => {
    const answer = await send({ method: "POST", path: `/api/settings/people/${id}/reset` });
    setMade(answer);
    return answer !== null;
  };
  if (made) {
    return (
      <div className="order-last basis-full">
        <LinkShown title={`New password for ${name}`} made={made} onDone={() => setMade(null)}>
          Pass this link on yourself: no e-mail is sent. Whoever opens it first sets the password,
          which ends all sessions.
        </LinkShown>
      </div>
    );
  }
  return (
    <ConfirmButton
      label="Reset password"
      title={`Reset password of ${name}`}
      tone="plain"
      onConfirm={reset}
      pending={pending}
      problem={problem}
    >
      You get a link to pass on; it works once, for 24 hours. The current password works until the
      link is used.
    </ConfirmButton>
  );
}

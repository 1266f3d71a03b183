"use client";

import { useState } from "react";
import { type LinkAnswer, linkAnswer } from "#app/_data/settings/people/shapes.ts";
import { LinkShown } from "#app/(dashboard)/settings/people/link-shown.tsx";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { type Invite, InviteForm } from "#components/settings/people/invite-form.tsx";
import { Section } from "#components/ui/card.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface InvitePanelProps {
  readonly teams: readonly string[];
  readonly passwords: boolean;
}

/** Opens the form, then shows the link. */
export function InvitePanel({ teams, passwords }: InvitePanelProps) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<LinkAnswer | null>(null);
  const { send, pending, problem, forget } = useChange(linkAnswer);
  const invite = async (body: Invite) => {
    const path = "/api/settings/people/invitations";
    const answer = await send({ method: "POST", path, body });
    if (!answer) return;
    setMade(answer);
    setOpen(false);
  };
  const start = () => {
    forget();
    setMade(null);
    setOpen(true);
  };
  return (
    <Section
      title="Invite someone"
      className="pb-1"
      aside={
        open || made ? null : (
          <SubmitButton type="button" onClick={start}>
            Invite
          </SubmitButton>
        )
      }
    >
      {!open && !made && (
        <p className="px-4 pb-3 text-[13px] text-ink-2">
          You get a link to pass on. It works once, for 7 days; Plimsoll sends no e-mail.
        </p>
      )}
      {open && (
        <InviteForm
          teams={teams}
          pending={pending}
          problem={problem}
          onInvite={invite}
          onCancel={() => setOpen(false)}
        />
      )}
      {made && (
        <LinkShown title={`Invitation for ${made.email}`} made={made} onDone={() => setMade(null)}>
          {passwords
            ? "Pass this link on yourself: no e-mail is sent. Whoever opens it first chooses the password."
            : "They sign in through your provider with this e-mail address; the link tells them so. No e-mail is sent."}
        </LinkShown>
      )}
    </Section>
  );
}

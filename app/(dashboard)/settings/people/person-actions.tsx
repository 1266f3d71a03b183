"use client";

import { doneAnswer } from "#app/_data/settings/people/shapes.ts";
import { ResetPassword } from "#app/(dashboard)/settings/people/reset-password.tsx";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import type { PersonView } from "#components/settings/people/view.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

interface PersonActionsProps {
  readonly person: PersonView;
  readonly passwords: boolean;
}

/** What an admin may do about a person. The server has the last word, e.g. on the last admin. */
export function PersonActions({ person, passwords }: PersonActionsProps) {
  const disabled = person.disabledAt !== null;
  return (
    <div className="flex flex-wrap gap-2">
      {!disabled && <AdminButton person={person} />}
      {!disabled && passwords && <ResetPassword person={person} />}
      {person.sessions > 0 && <EndSessions person={person} />}
      <DisableButton person={person} />
    </div>
  );
}

function AdminButton({ person: { id, name, admin } }: { person: PersonView }) {
  const { change, ...state } = useRoleChange(id);
  return (
    <ConfirmButton
      label={admin ? "Remove admin" : "Make admin"}
      title={admin ? `Remove ${name} as an admin` : `Make ${name} an admin`}
      tone={admin ? "danger" : "plain"}
      onConfirm={() => change({ admin: !admin })}
      {...state}
    >
      {admin
        ? "They keep what they edit for their teams, and no longer manage people."
        : "They will be able to change everything here, who may sign in included."}
    </ConfirmButton>
  );
}

function DisableButton({ person: { id, name, disabledAt } }: { person: PersonView }) {
  const { change, ...state } = useRoleChange(id);
  const disabled = disabledAt !== null;
  return (
    <ConfirmButton
      label={disabled ? "Enable" : "Disable"}
      title={disabled ? `Enable ${name}` : `Disable ${name}`}
      tone={disabled ? "plain" : "danger"}
      onConfirm={() => change({ disabled: !disabled })}
      {...state}
    >
      {disabled
        ? "They can sign in again, with the rights they had."
        : "They are signed out everywhere at once and cannot sign in again. What they did stays in the audit log."}
    </ConfirmButton>
  );
}

function EndSessions({ person: { id, name, self } }: { person: PersonView }) {
  const { send, pending, problem } = useChange(doneAnswer);
  const end = async () =>
    (await send({ method: "DELETE", path: `/api/settings/people/${id}/sessions` })) !== null;
  return (
    <ConfirmButton
      label="End sessions"
      title={`End sessions of ${name}`}
      onConfirm={end}
      pending={pending}
      problem={problem}
    >
      {self
        ? "You are signed out everywhere, here too."
        : "They are signed out everywhere at once and can sign in again."}
    </ConfirmButton>
  );
}

function useRoleChange(id: string) {
  const { send, pending, problem } = useChange(doneAnswer);
  const change = async (body: { admin?: boolean; disabled?: boolean }) =>
    (await send({ method: "PATCH", path: `/api/settings/people/${id}`, body })) !== null;
  return { change, pending, problem };
}

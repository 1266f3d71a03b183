"use client";

import { z } from "zod";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

const answer = z.object({ revoked: z.boolean() });

interface RevokeTokenProps {
  readonly id: string;
  readonly name: string;
}

export function RevokeToken({ id, name }: RevokeTokenProps) {
  const { send, pending, problem } = useChange(answer);
  const revoke = async () =>
    (await send({ method: "DELETE", path: `/api/settings/tokens/${id}` })) !== null;
  return (
    <ConfirmButton
      label="Revoke"
      title={`Revoke ${name}`}
      onConfirm={revoke}
      problem={problem}
      pending={pending}
    >
      Whatever uses this token is refused from its next request on. This cannot be undone.
    </ConfirmButton>
  );
}

"use client";

import { z } from "zod";
import type { SenderView } from "#app/_data/settings/webhooks/view.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

const answer = z.object({ id: z.string() });

interface RevokeSecretProps extends Pick<SenderView, "source"> {
  readonly id: string;
  readonly title: string;
}

export function RevokeSecret({ source, id, title }: RevokeSecretProps) {
  const { send, pending, problem } = useChange(answer);
  const path = `/api/settings/webhooks/${source}/secrets/${encodeURIComponent(id)}`;
  return (
    <ConfirmButton
      label="Revoke"
      title={title}
      onConfirm={async () => (await send({ method: "DELETE", path })) !== null}
      problem={problem}
      pending={pending}
    >
      Whatever is signed with it is refused from now on. This cannot be undone.
    </ConfirmButton>
  );
}

"use client";

import { useState } from "react";
import { z } from "zod";
import type { SenderView } from "#app/_data/settings/webhooks/view.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

const answer = z.object({ secret: z.string() });

interface NewSecretProps extends Pick<SenderView, "source" | "mayAdd"> {
  readonly name: string;
}

/** Makes a secret, and shows it until it is put away: the last that may be added, too. */
export function NewSecret({ source, name, mayAdd }: NewSecretProps) {
  const { send, pending, problem } = useChange(answer);
  const [secret, setSecret] = useState<string | null>(null);
  const make = async () => {
    const path = `/api/settings/webhooks/${source}/secrets`;
    setSecret((await send({ method: "POST", path }))?.secret ?? null);
  };
  if (secret !== null) {
    return (
      <ShownOnce
        title={`A secret for ${name} is made`}
        label={`Secret for ${name}`}
        secret={secret}
        onDone={() => setSecret(null)}
      >
        Give it to {name} now: it is not shown again.
      </ShownOnce>
    );
  }
  if (!mayAdd) return null;
  return (
    <div className="space-y-2">
      <ProblemLine problem={pending ? null : problem} />
      <SubmitButton type="button" disabled={pending} onClick={make}>
        Make a secret<span className="sr-only"> for {name}</span>
      </SubmitButton>
    </div>
  );
}

"use client";

import { useState } from "react";
import { z } from "zod";
import type { TokensView } from "#app/_data/settings/tokens/view.ts";
import { TokenForm } from "#app/(dashboard)/settings/tokens/token-form.tsx";
import { tryIt } from "#app/(dashboard)/settings/tokens/words.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { CopyBox } from "#components/ui/copy-box.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";
import { SCOPES } from "#lib/access/actor.ts";

const answer = z.object({
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  expiresAt: z.string(),
  token: z.string(),
});
type Made = z.output<typeof answer>;

interface NewTokenProps {
  readonly choices: Omit<TokensView, "tokens">;
  readonly publicUrl: string;
}

/** Makes a token, and shows it until it is put away. */
export function NewToken({ choices, publicUrl }: NewTokenProps) {
  const { send, pending, problem } = useChange(answer);
  const [made, setMade] = useState<Made | null>(null);
  const [again, setAgain] = useState(false);
  const putAway = () => {
    setMade(null);
    setAgain(true);
  };
  if (made) return <MadeToken made={made} publicUrl={publicUrl} onDone={putAway} />;
  return (
    <TokenForm
      choices={choices}
      pending={pending}
      problem={problem}
      focus={again}
      onAsk={async (body) =>
        setMade(await send({ method: "POST", path: "/api/settings/tokens", body }))
      }
    />
  );
}

interface MadeTokenProps {
  readonly made: Made;
  readonly publicUrl: string;
  readonly onDone: () => void;
}

function MadeToken({ made, publicUrl, onDone }: MadeTokenProps) {
  const command = tryIt(made.token, made.scopes, publicUrl);
  return (
    <div className="space-y-3 px-4 pb-4">
      <ShownOnce
        title={`The token “${made.name}” is made`}
        label="Token"
        secret={made.token}
        onDone={onDone}
      >
        Copy it now: it is not shown again. It works until {made.expiresAt.slice(0, 10)}, in the
        header <code className="font-mono text-[12.5px]">Authorization: Bearer …</code>
      </ShownOnce>
      {command && <CopyBox label="Try it" text={command} />}
    </div>
  );
}

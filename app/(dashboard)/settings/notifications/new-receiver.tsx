"use client";

import { type FormEvent, useState } from "react";
import { z } from "zod";
import type { TeamChoices } from "#app/_data/settings/receivers/view.ts";
import { receiverBodyOf } from "#app/(dashboard)/settings/notifications/receiver-body.ts";
import { ReceiverFields } from "#app/(dashboard)/settings/notifications/receiver-fields.tsx";
import { KIND_LOOK } from "#app/(dashboard)/settings/notifications/words.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { RECEIVER_KINDS } from "#lib/notices/receiver.ts";

const answer = z.object({ name: z.string(), secret: z.string().nullable() });
type Made = z.output<typeof answer>;

/** Adds a receiver; the secret of one that is signed to is shown until it is put away. */
export function NewReceiver({ choices }: { readonly choices: TeamChoices }) {
  const { send, pending, problem } = useChange(answer);
  const [made, setMade] = useState<Made | null>(null);
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = receiverBodyOf(new FormData(event.currentTarget));
    setMade(await send({ method: "POST", path: "/api/settings/receivers", body }));
  };
  if (made) return <MadeReceiver made={made} onDone={() => setMade(null)} />;
  return (
    <form onSubmit={add} className="space-y-4 px-4 pb-4">
      <KindChoice problem={fieldProblem(problem, "kind")} />
      <ReceiverFields choices={choices} problem={problem} now={null} />
      <ProblemLine problem={pending ? null : problem} />
      <SubmitButton disabled={pending}>Add the receiver</SubmitButton>
    </form>
  );
}

function KindChoice({ problem }: { readonly problem: string | undefined }) {
  const [kind, setKind] = useState<string>(RECEIVER_KINDS[0]);
  const chosen = RECEIVER_KINDS.find((each) => each === kind) ?? RECEIVER_KINDS[0];
  return (
    <SelectField
      label="Kind"
      name="kind"
      hint={KIND_LOOK[chosen].hint}
      value={kind}
      onChange={({ target }) => setKind(target.value)}
      problem={problem}
    >
      {RECEIVER_KINDS.map((each) => (
        <option key={each} value={each}>
          {KIND_LOOK[each].word}
        </option>
      ))}
    </SelectField>
  );
}

interface MadeReceiverProps {
  readonly made: Made;
  readonly onDone: () => void;
}

function MadeReceiver({ made: { name, secret }, onDone }: MadeReceiverProps) {
  if (secret === null) {
    return (
      <div className="space-y-3 px-4 pb-4 text-[13px]">
        <p role="status">“{name}” is added. Send it a test to see whether it answers.</p>
        <Button autoFocus onClick={onDone}>
          Add another
        </Button>
      </div>
    );
  }
  return (
    <div className="px-4 pb-4">
      <ShownOnce
        title={`“${name}” is added`}
        label="Signing secret"
        secret={secret}
        onDone={onDone}
      >
        Give it to the program that receives: it checks each request with it. It is not shown again.
      </ShownOnce>
    </div>
  );
}

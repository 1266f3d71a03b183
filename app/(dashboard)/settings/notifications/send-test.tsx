"use client";

import { useState } from "react";
import { z } from "zod";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { Button } from "#components/ui/button.tsx";
import { ProblemLine } from "#components/ui/problem-line.tsx";

const answer = z.object({ arrived: z.boolean(), said: z.string() });
type Answer = z.output<typeof answer>;

interface SendTestProps {
  readonly id: string;
  readonly name: string;
}

/** Sends a message that tells of nothing, and shows what was answered. */
export function SendTest({ id, name }: SendTestProps) {
  const { send, pending, problem } = useChange(answer);
  const [tried, setTried] = useState<Answer | null>(null);
  const test = async () => {
    setTried(null);
    setTried(await send({ method: "POST", path: `/api/settings/receivers/${id}/test` }));
  };
  return (
    <>
      <span role="status" className="min-w-0 self-center text-[13px] [overflow-wrap:anywhere]">
        {pending ? "Sending…" : <Outcome tried={tried} />}
      </span>
      <ProblemLine problem={pending ? null : problem} />
      <Button aria-label={`Send a test to ${name}`} disabled={pending} onClick={test}>
        Send a test
      </Button>
    </>
  );
}

function Outcome({ tried }: { readonly tried: Answer | null }) {
  if (!tried) return null;
  return tried.arrived ? (
    <span className="text-healthy">The test arrived: {tried.said}</span>
  ) : (
    <span className="text-out">The test did not arrive: {tried.said}</span>
  );
}

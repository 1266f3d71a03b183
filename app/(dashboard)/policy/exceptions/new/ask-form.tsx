"use client";

import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { askAnswer } from "#app/_data/policy/answers.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { exceptionPath } from "#components/layout/paths.ts";
import { ScopeFields, WhyFields } from "#components/policy/ask-fields.tsx";
import type { AskView } from "#components/policy/view.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Asks, and goes to what was asked. */
export function AskForm({ view }: { view: AskView }) {
  const router = useRouter();
  const { send, pending, problem } = useChange(askAnswer);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = bodyOf(new FormData(event.currentTarget), view.given.follows);
    const made = await send({ method: "POST", path: "/api/exceptions", body });
    if (made) router.push(exceptionPath(made.id));
  };
  return (
    <form onSubmit={submit} className="space-y-4 border-t border-line px-4 pt-3.5 pb-4">
      <ScopeFields view={view} problem={problem} />
      <WhyFields view={view} problem={problem} />
      <ProblemLine problem={pending ? null : problem} />
      <SubmitButton disabled={pending}>Ask for it</SubmitButton>
    </form>
  );
}

function bodyOf(form: FormData, follows: number | null): object {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  return {
    ...{ service: text("service"), slo: text("slo") || null, follows },
    ...{ environment: text("environment") || null, need: text("need") },
    ...{ justification: text("justification"), risk: text("risk") },
    ...{ mitigations: text("mitigations"), expiresAt: endOf(text("lastDay")) },
  };
}

/** The end of a day where the reader is; empty for what is no day, which the server then marks. */
function endOf(day: string): string {
  const at = new Date(`${day}T23:59:00`);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString();
}

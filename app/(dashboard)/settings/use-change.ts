"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { z } from "zod";
import { type Change, ChangeRefused, sendChange } from "#app/_data/settings/send.ts";
import type { FormProblem } from "#components/ui/form-problem.ts";

interface Changing<Answer> {
  /** What is answered; null when it was refused, and `problem` says why. */
  readonly send: (change: Change) => Promise<Answer | null>;
  readonly pending: boolean;
  readonly problem: FormProblem | null;
  /** Puts an old problem away, e.g. when a form opens again. */
  readonly forget: () => void;
}

/** A change of the settings; when it is done the page is read anew. */
export function useChange<Shape extends z.ZodType>(shape: Shape): Changing<z.output<Shape>> {
  const router = useRouter();
  const { mutateAsync, isPending, error, reset } = useMutation({
    mutationFn: (change: Change) => sendChange(change, shape),
    onSuccess: () => router.refresh(),
  });
  return {
    send: (change) => mutateAsync(change).catch(() => null),
    pending: isPending,
    problem: error ? problemOf(error) : null,
    forget: reset,
  };
}

function problemOf(error: Error): FormProblem {
  if (error instanceof ChangeRefused) return error.problem;
  return { message: "Something went wrong on this page; load it anew.", fields: {} };
}

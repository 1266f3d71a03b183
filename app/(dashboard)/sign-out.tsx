"use client";

import { useMutation } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { z } from "zod";
import { sendChange } from "#app/_data/settings/send.ts";

/** Ends the session; what this browser had read is forgotten with the page. */
export function SignOut() {
  const { mutate, isPending, isError } = useMutation({
    mutationFn: () =>
      sendChange({ method: "POST", path: "/api/auth/sign-out", body: {} }, z.unknown()),
    onSuccess: () => location.assign("/sign-in"),
  });
  const label = isError ? "Could not sign out; try again" : "Sign out";
  return (
    <button
      type="button"
      title={label}
      disabled={isPending}
      onClick={() => mutate()}
      className="flex size-8 shrink-0 items-center justify-center rounded-[7px] text-ink-3 hover:text-ink"
    >
      <LogOut size={15} strokeWidth={1.8} aria-hidden />
      <span className="sr-only">{label}</span>
    </button>
  );
}

"use client";

import { type DehydratedState, HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";

interface HydratedProps {
  /** Its data as JSON text, see the page. */
  readonly state: DehydratedState;
  readonly children: ReactNode;
}

const options = { defaultOptions: { deserializeData: JSON.parse } };

/** Takes over what the server has read. */
export function Hydrated({ state, children }: HydratedProps) {
  return (
    <HydrationBoundary state={state} options={options}>
      {children}
    </HydrationBoundary>
  );
}

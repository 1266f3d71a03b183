"use client";

import { lazy, Suspense } from "react";
import { showOverlay, useOverlay } from "#components/keys/overlay.ts";
import { useKeys } from "#components/keys/use-keys.ts";

const Palette = lazy(() => import("#app/(dashboard)/palette-panel.tsx"));
const KeyHelp = lazy(() => import("#components/keys/help.tsx"));
const close = () => showOverlay(null);

/** The keys of every page; palette and help are fetched when they are first asked for. */
export function CommandMenu() {
  useKeys();
  const overlay = useOverlay();
  return (
    <Suspense>
      {overlay === "palette" && <Palette onClose={close} />}
      {overlay === "help" && <KeyHelp onClose={close} />}
    </Suspense>
  );
}

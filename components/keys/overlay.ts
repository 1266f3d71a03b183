import { useSyncExternalStore } from "react";

/** What may lie over a page; one at a time. */
export type Overlay = "palette" | "help";

let shown: Overlay | null = null;
const listeners = new Set<() => void>();

/** Shows one, or with null none. Callable from any button: what is shown is loaded by whoever draws it. */
export function showOverlay(overlay: Overlay | null): void {
  shown = overlay;
  for (const listener of listeners) listener();
}

export function useOverlay(): Overlay | null {
  return useSyncExternalStore(
    subscribe,
    () => shown,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

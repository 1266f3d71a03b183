import { useEffect } from "react";
import { type KeyAction, keyAction } from "#components/keys/action.ts";
import { showOverlay } from "#components/keys/overlay.ts";
import { focusFilter, isTyping, moveInRows } from "#components/keys/rows.ts";
import { singleKeys } from "#components/keys/single-keys.ts";

/** Makes the keys of the product work while mounted. */
export function useKeys(): void {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const action = keyAction(event, { typing: isTyping(event), singleKeys: singleKeys() });
  if (!action) return;
  event.preventDefault();
  ACTIONS[action]();
}

const ACTIONS: Readonly<Record<KeyAction, () => void>> = {
  palette: () => showOverlay("palette"),
  help: () => showOverlay("help"),
  filter: () => {
    if (!focusFilter()) showOverlay("palette");
  },
  next: () => moveInRows(1),
  previous: () => moveInRows(-1),
};

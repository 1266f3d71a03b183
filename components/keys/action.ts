/** What a key asks for. */
export type KeyAction = "palette" | "help" | "filter" | "next" | "previous";

export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

interface Situation {
  /** The key would write into a field. */
  readonly typing: boolean;
  /** The reader wants single letters to do something. */
  readonly singleKeys: boolean;
}

const SINGLE: Readonly<Record<string, KeyAction>> = {
  "?": "help",
  "/": "filter",
  j: "next",
  k: "previous",
};

/**
 * The action of a key; null when it has none here. Single letters never act while someone types, and
 * can be switched off; mod+k (⌘ or Ctrl) always works.
 */
export function keyAction(
  pressed: PressedKey,
  { typing, singleKeys }: Situation,
): KeyAction | null {
  const { key, ctrlKey, metaKey, altKey } = pressed;
  if (altKey) return null;
  if (ctrlKey || metaKey)
    return key.toLowerCase() === "k" && ctrlKey !== metaKey ? "palette" : null;
  return typing || !singleKeys ? null : (SINGLE[key] ?? null);
}

"use client";

import { type ReactNode, useSyncExternalStore } from "react";

/** A key as it stands on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-[1.35em] rounded-[4px] border border-b-2 border-line-2 px-1 text-center font-mono text-[11px] leading-[1.5] text-ink-3">
      {children}
    </kbd>
  );
}

/** The key that commands are given with: ⌘ on Apple's keyboards, Ctrl elsewhere. */
export function ModKey() {
  const apple = useSyncExternalStore(never, isApple, () => false);
  return <Kbd>{apple ? "⌘" : "Ctrl"}</Kbd>;
}

const never = () => () => {};

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

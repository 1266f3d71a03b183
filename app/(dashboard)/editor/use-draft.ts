import { useCallback, useState } from "react";

export interface Draft {
  /** What the editor begins with. */
  readonly initial: string;
  /** It is what was written before the page was loaded anew. */
  readonly restored: boolean;
  keep(text: string): void;
}

/** Keeps what is being written in this tab, so that loading the page anew loses nothing. */
export function useDraft(name: string, otherwise: string): Draft {
  const key = `plimsoll-editor ${name}`;
  const [kept] = useState(() => read(key));
  const keep = useCallback(
    (text: string) => write(key, text === otherwise ? null : text),
    [key, otherwise],
  );
  const restored = kept !== null && kept !== otherwise;
  return { initial: kept ?? otherwise, restored, keep };
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // A browser without storage, or with a full one, forgets the text with the page.
  }
}

import { useCallback, useState } from "react";
import { type DraftFound, draftFrom, keptDraft } from "#lib/editor/draft.ts";

export interface Draft extends DraftFound {
  keep(text: string): void;
}

/** Keeps what is being written in this tab, so that loading the page anew loses nothing. */
export function useDraft(name: string, inForce: string): Draft {
  const key = `plimsoll-editor ${name}`;
  const [found] = useState(() => draftFrom(read(key), inForce));
  const keep = useCallback(
    (text: string) => {
      // What was written by hand to be the text in force again is no draft, nor outdated.
      const base = text === inForce ? inForce : found.base;
      write(key, keptDraft({ text, base }));
    },
    [key, inForce, found],
  );
  return { ...found, keep };
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

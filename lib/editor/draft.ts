/** What was written and not saved, and the text that it was written from. */
interface Draft {
  readonly text: string;
  readonly base: string;
}

export interface DraftFound extends Draft {
  /** It is what was written before the page was loaded anew. */
  readonly restored: boolean;
  /** The text in force has changed since it was written. */
  readonly outdated: boolean;
}

/**
 * What an editor begins with: what was kept, or else the text in force (or an example).
 * @example draftFrom(null, "a: 1") // { text: "a: 1", base: "a: 1", restored: false, outdated: false }
 */
export function draftFrom(kept: string | null, inForce: string): DraftFound {
  const draft = kept === null ? null : readDraft(kept);
  if (!draft || draft.text === inForce) {
    return { text: inForce, base: inForce, restored: false, outdated: false };
  }
  return { ...draft, restored: true, outdated: draft.base !== inForce };
}

/**
 * A draft as it is kept; null where nothing was written.
 * @example keptDraft({ text: "a: 2", base: "a: 1" }) // '["a: 2","a: 1"]'
 */
export function keptDraft({ text, base }: Draft): string | null {
  return text === base ? null : JSON.stringify([text, base]);
}

function readDraft(kept: string): Draft | null {
  try {
    const [text, base]: unknown[] = JSON.parse(kept);
    return typeof text === "string" && typeof base === "string" ? { text, base } : null;
  } catch {
    return null;
  }
}

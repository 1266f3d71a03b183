/** Links of a list's rows; whoever draws a list marks them with `data-row-link`. */
const ROWS = "[data-row-link]";
const FILTER = "[data-filter-box]";

/** Puts the focus on the row after (1) or before (-1) the one that has it; Enter then opens it. */
export function moveInRows(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)].filter(isVisible);
  const now = rows.indexOf(document.activeElement as HTMLElement);
  const first = step === 1 ? 0 : rows.length - 1;
  const next = now < 0 ? rows[first] : rows[now + step];
  next?.focus();
}

/** Puts the focus into the page's filter box; false when it has none. */
export function focusFilter(): boolean {
  const box = document.querySelector<HTMLInputElement>(FILTER);
  box?.focus();
  box?.select();
  return box !== null;
}

/** The event's key would write something, or belongs to what lies over the page. */
export function isTyping({ target }: { readonly target: EventTarget | null }): boolean {
  if (document.querySelector("dialog[open]")) return true;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select");
}

function isVisible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}

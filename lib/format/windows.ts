/**
 * The window that a number is of: a rolling one by its length, the running period of a calendar by name.
 * @example presentWindow("month") // "this month"; "30d" stays "30d"
 */
export function presentWindow(label: string): string {
  return /^\d/.test(label) ? label : `this ${label}`;
}

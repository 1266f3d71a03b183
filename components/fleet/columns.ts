/** How many columns a group's line spans. */
export const COLUMNS = 11;

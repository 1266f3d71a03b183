/** The route about one editor of one team. */
export function editorPath(team: string, personId: string): string {
  return `/api/settings/teams/${encodeURIComponent(team)}/editors/${encodeURIComponent(personId)}`;
}

import type { Notice } from "#lib/notices/notice.ts";

/**
 * One notice for each team that it is of, in their order; of no team, one that is nobody's. Receivers
 * of all teams hear the first alone: the others are for the team itself.
 * @example toTeams({ …, key: "exception-asked:7" }, ["pay", "web"]).map(({ key }) => key) // ["exception-asked:7", "exception-asked:7:web"]
 */
export function toTeams(notice: Notice, teams: readonly string[]): Notice[] {
  const [first = null, ...others] = teams;
  return [
    { ...notice, team: first },
    ...others.map((team) => ({ ...notice, team, key: `${notice.key}:${team}`, forTeamOnly: true })),
  ];
}

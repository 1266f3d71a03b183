import { providersMakingEditors } from "#auth/groupRules.ts";
import type { EditorView, TeamsView } from "#components/settings/teams/view.ts";
import { type Db, store } from "#db/client.ts";
import { readNames } from "#db/reads/people.ts";
import { readCatalogTeams, readTeamEditors, type TeamEditor } from "#db/reads/teams.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";
import { comesBack } from "#lib/access/origin.ts";

/** Every team with its editors, from one snapshot; those who may add some are told whom. */
export async function readTeamsView(actor: Actor): Promise<TeamsView> {
  const { db } = await store();
  return db.transaction((tx) => readFrom(tx, actor), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function readFrom(db: Db, actor: Actor): Promise<TeamsView> {
  const catalog = new Set(await readCatalogTeams(db));
  const editors = Map.groupBy(await readTeamEditors(db), ({ team }) => team);
  const names = [...new Set([...catalog, ...editors.keys()])].sort();
  const teams = names.map((name) => ({
    name,
    inCatalog: catalog.has(name),
    editors: merged(editors.get(name) ?? []),
    mayEdit: decide(actor, "edit", name) === "allow",
  }));
  const mayAdd = teams.some(({ mayEdit }) => mayEdit);
  return { teams, candidates: mayAdd ? await readNames(db) : [] };
}

/** One line for each person, whatever their ways to be an editor. */
function merged(rows: readonly TeamEditor[]): EditorView[] {
  return [...Map.groupBy(rows, ({ personId }) => personId).values()].flatMap(([first, ...rest]) => {
    if (!first) return [];
    const { personId, name, email } = first;
    const origins = [first, ...rest].map(({ origin }) => origin);
    const making = providersMakingEditors(first.team);
    const by = {
      byHand: origins.includes("hand"),
      byGroup: origins.some((origin) => origin !== "hand"),
      staysByGroup: origins.some((origin) => comesBack(origin, making)),
    };
    return [{ personId, name, email, ...by }];
  });
}

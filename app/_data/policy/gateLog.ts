import { gateLine } from "#app/_data/policy/lines.ts";
import type { GateFields, GateLogView } from "#components/policy/view.ts";
import type { Db } from "#db/connection.ts";
import { type GateLogFilter, type GateLogRow, readGateLog } from "#db/reads/gateLog.ts";
import { readServiceTeams } from "#db/reads/serviceTeams.ts";

/** Rows of a page. */
const PAGE_ROWS = 50;
const LONGEST = 200;

const DECISIONS = new Map<string, GateLogRow["decision"]>([
  ["allow", "allow"],
  ["block", "block"],
  ["unknown", "unknown"],
]);

/** The answers of the gate that an address asks for. */
export async function readGateLogView(db: Db, address: URLSearchParams): Promise<GateLogView> {
  const of = (name: string) => (address.get(name) ?? "").trim();
  const fields: GateFields = { service: of("service"), decision: of("decision") };
  const mistakes = mistakesIn(fields);
  const before = cursorIn(of("before"));
  const isWrong = Object.keys(mistakes).length > 0;
  const filter = { ...filterOf(fields), ...(before ? { before } : {}) };
  const rows = isWrong ? [] : await readGateLog(db, { ...filter, limit: PAGE_ROWS + 1 });
  const page = rows.slice(0, PAGE_ROWS);
  const last = rows.length > PAGE_ROWS ? page.at(-1) : undefined;
  const owners = await readServiceTeams(db);
  return {
    ...{ fields, mistakes, lines: page.map(gateLine) },
    services: [...new Set(owners.map(({ service }) => service))],
    older: last ? `${last.at}-${last.id}` : null,
    isLater: before !== null,
    isEmpty: rows.length === 0 && (await readGateLog(db, { limit: 1 })).length === 0,
  };
}

function filterOf({ service, decision: asked }: GateFields): GateLogFilter {
  const decision = DECISIONS.get(asked);
  return { ...(service === "" ? {} : { service }), ...(decision ? { decision } : {}) };
}

function mistakesIn({ service, decision }: GateFields): GateLogView["mistakes"] {
  const isOdd = service.length > LONGEST || /\p{C}/u.test(service);
  return {
    ...(isOdd
      ? { service: `At most ${LONGEST} characters, none of them control characters.` }
      : {}),
    ...(decision === "" || DECISIONS.has(decision)
      ? {}
      : { decision: "Choose allow, block or unknown." }),
  };
}

/** Where a page ended: "1795233742000-17". */
function cursorIn(text: string): { readonly at: number; readonly id: number } | null {
  const parts = /^(\d{1,15})-(\d{1,15})$/.exec(text);
  return parts ? { at: Number(parts[1]), id: Number(parts[2]) } : null;
}

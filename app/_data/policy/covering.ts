import { readOwners } from "#app/_data/dora/teams.ts";
import { exceptionLine } from "#app/_data/policy/lines.ts";
import type { ExceptionLine } from "#components/policy/view.ts";
import type { Db } from "#db/connection.ts";
import { readExceptions } from "#db/reads/exceptions.ts";

interface Covered {
  readonly service: string;
  /** Null: those of any of its SLOs. */
  readonly slo: string | null;
  /** Epoch ms. */
  readonly at: number;
}

/** The exceptions that were in force for a service, or for one of its SLOs, at a time. */
export async function readCovering(
  db: Db,
  { service, slo, at }: Covered,
): Promise<ExceptionLine[]> {
  const asked = await readExceptions(db, { service, from: at, to: at + 1 });
  const inForce = asked.filter(
    (each) =>
      each.decision === "approved" &&
      each.decidedAt !== null &&
      each.decidedAt <= at &&
      (slo === null || each.slo === null || each.slo === slo),
  );
  if (inForce.length === 0) return [];
  const owners = await readOwners(db);
  // As it stood then: what ended since was in force all the same.
  return inForce.map((each) =>
    exceptionLine({ ...each, endedAt: null, endedByName: null }, { owners, now: at }),
  );
}

import { catalogSuite } from "#db/suites/catalog.ts";
import { collectionSuite } from "#db/suites/collection.ts";
import { fleetSuite } from "#db/suites/fleet.ts";
import { migrationsSuite } from "#db/suites/migrations.ts";
import { statusSuite } from "#db/suites/status.ts";
import type { Bench } from "#db/suites/suite.ts";
import { totalsSuite } from "#db/suites/totals.ts";

/** Everything that must be the same on both databases. */
export function storageSuite(bench: Bench): void {
  migrationsSuite(bench);
  totalsSuite(bench);
  catalogSuite(bench);
  collectionSuite(bench);
  statusSuite(bench);
  fleetSuite(bench);
}

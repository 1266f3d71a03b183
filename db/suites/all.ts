import { auditSuite } from "#db/suites/audit.ts";
import { catalogSuite } from "#db/suites/catalog.ts";
import { collectionSuite } from "#db/suites/collection.ts";
import { deliverySuite } from "#db/suites/delivery.ts";
import { exceptionsSuite } from "#db/suites/exceptions.ts";
import { exclusionsSuite } from "#db/suites/exclusions.ts";
import { fleetSuite } from "#db/suites/fleet.ts";
import { gateSuite } from "#db/suites/gate.ts";
import { incidentsSuite } from "#db/suites/incidents.ts";
import { invitationsSuite } from "#db/suites/invitations.ts";
import { migrationsSuite } from "#db/suites/migrations.ts";
import { noticesSuite } from "#db/suites/notices.ts";
import { outsideAlertsSuite } from "#db/suites/outsideAlerts.ts";
import { owedSuite } from "#db/suites/owed.ts";
import { peopleSuite } from "#db/suites/people.ts";
import { receivingSuite } from "#db/suites/receiving.ts";
import { reviewsSuite } from "#db/suites/reviews.ts";
import { statusSuite } from "#db/suites/status.ts";
import { stretchesSuite } from "#db/suites/stretches.ts";
import type { Bench } from "#db/suites/suite.ts";
import { tokensSuite } from "#db/suites/tokens.ts";
import { totalsSuite } from "#db/suites/totals.ts";
import { webhooksSuite } from "#db/suites/webhooks.ts";

/** Everything that must be the same on both databases. */
export function storageSuite(bench: Bench): void {
  migrationsSuite(bench);
  totalsSuite(bench);
  stretchesSuite(bench);
  catalogSuite(bench);
  collectionSuite(bench);
  statusSuite(bench);
  fleetSuite(bench);
  exceptionsSuite(bench);
  exclusionsSuite(bench);
  owedSuite(bench);
  gateSuite(bench);
  deliverySuite(bench);
  receivingSuite(bench);
  reviewsSuite(bench);
  auditSuite(bench);
  incidentsSuite(bench);
  invitationsSuite(bench);
  noticesSuite(bench);
  outsideAlertsSuite(bench);
  peopleSuite(bench);
  tokensSuite(bench);
  webhooksSuite(bench);
}

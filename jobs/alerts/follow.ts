import type { AlertSettings } from "#config/alerts.ts";
import type { Db } from "#db/connection.ts";
import { followAlertIncidents } from "#db/writes/alertIncidents.ts";
import { takeAlerts } from "#jobs/alerts/take.ts";

export interface Following {
  readonly db: Db;
  readonly clock: () => number;
  readonly settings: AlertSettings;
}

/**
 * What was sent since the last look becomes alerts, and alerts open and end incidents by rule. The
 * second part asks the alerts that are stored, so one that has fired for long enough needs no news.
 */
export async function followAlerts({ db, clock, settings }: Following): Promise<void> {
  await takeAlerts(db, clock);
  await followAlertIncidents(db, { rules: settings.incidents, now: clock() });
}

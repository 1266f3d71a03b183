/** The kinds of objects of OpenSLO v1. */
export const OPENSLO_KINDS = [
  "SLO",
  "SLI",
  "DataSource",
  "Service",
  "AlertPolicy",
  "AlertCondition",
  "AlertNotificationTarget",
] as const;

export type OpenSloKind = (typeof OPENSLO_KINDS)[number];

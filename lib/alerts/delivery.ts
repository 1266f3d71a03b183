/** What a notification of Alertmanager (version 4) tells of one alert. Times are epoch ms. */
export interface ToldAlert {
  readonly fingerprint: string;
  readonly name: string;
  readonly severity: string | null;
  readonly startsAt: number;
  /** Null while it fires. */
  readonly endsAt: number | null;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly generatorUrl: string | null;
}

export type Labels = Readonly<Record<string, string>>;

export interface ReadDelivery {
  readonly alerts: readonly ToldAlert[];
  /** What could not be taken, each a sentence. */
  readonly problems: readonly string[];
}

const DAY_MS = 86_400_000;
/** Nothing that is watched today began before. */
const EARLIEST = Date.UTC(2000, 0, 1);

/**
 * The alerts of a notification, each by its own status rather than the group's; what is wrong with one
 * loses no other. `receivedAt` (epoch ms) is the end of a resolved alert that names none, and no alert
 * begins more than a day after it.
 * @example readAlerts(payload, receivedAt).alerts[0]?.endsAt // null while it fires
 */
export function readAlerts(payload: unknown, receivedAt: number): ReadDelivery {
  const list = isRecord(payload) ? payload.alerts : undefined;
  if (!Array.isArray(list)) return { alerts: [], problems: ["It holds no list of alerts."] };
  const alerts: ToldAlert[] = [];
  const problems: string[] = [];
  for (const [i, each] of list.entries()) {
    const read = readAlert(each, receivedAt);
    if (typeof read === "string") problems.push(`alerts[${i}]: ${read}.`);
    else {
      alerts.push(read);
      const problem = endProblem(each, read);
      if (problem !== null) problems.push(`alerts[${i}]: ${problem}.`);
    }
  }
  return { alerts, problems: [...problems, ...leftOut(payload)] };
}

function leftOut(payload: unknown): string[] {
  const n = isRecord(payload) ? payload.truncatedAlerts : 0;
  if (typeof n !== "number" || !(n > 0)) return [];
  return [`Alertmanager left out ${n} alerts: raise max_alerts of its receiver.`];
}

/** It is a key of an index, which takes no text of any length; Alertmanager's have 16 characters. */
const LONGEST_FINGERPRINT = 200;

/** The alert, or why it cannot be taken. */
function readAlert(said: unknown, receivedAt: number): ToldAlert | string {
  if (!isRecord(said)) return "is no object";
  const { fingerprint, status } = said;
  const labels = labelsOf(said.labels);
  const annotations = labelsOf(said.annotations ?? {});
  const startsAt = timeOf(said.startsAt);
  if (!isText(fingerprint) || fingerprint === "") return "has no fingerprint";
  if (fingerprint.length > LONGEST_FINGERPRINT) return "fingerprint is too long";
  if (status !== "firing" && status !== "resolved") return "status must be firing or resolved";
  if (labels === null) return "labels must be texts";
  if (annotations === null) return "annotations must be texts";
  if (startsAt === null) return "startsAt must be a time such as 2026-07-01T10:00:00Z";
  if (startsAt < EARLIEST || startsAt > receivedAt + DAY_MS) return "startsAt cannot be right";
  return {
    fingerprint,
    name: labels.alertname ?? fingerprint,
    severity: labels.severity ?? labels.sloth_severity ?? null,
    startsAt,
    endsAt: status === "firing" ? null : endOf(timeOf(said.endsAt), { startsAt, receivedAt }),
    labels,
    annotations,
    generatorUrl: isText(said.generatorURL) ? said.generatorURL : null,
  };
}

interface Around {
  readonly startsAt: number;
  readonly receivedAt: number;
}

/** The year 1 is Alertmanager's word for "not said". */
function endOf(told: number | null, { startsAt, receivedAt }: Around): number {
  const isSane = told !== null && told >= EARLIEST && told <= receivedAt + DAY_MS;
  return Math.max(startsAt, isSane ? told : receivedAt);
}

/** What a resolved alert says of its end and cannot be taken at its word; the alert is taken all the same. */
function endProblem(said: unknown, { startsAt, endsAt }: ToldAlert): string | null {
  const end = isRecord(said) ? said.endsAt : undefined;
  if (endsAt === null || end === undefined || end === null || end === "") return null;
  const told = timeOf(end);
  if (told === null) return "endsAt is no time, so it counts as over when it was told";
  const isSaid = told >= EARLIEST;
  return isSaid && told < startsAt
    ? "endsAt lies before startsAt, so it counts as over at its start"
    : null;
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function timeOf(said: unknown): number | null {
  const ms = typeof said === "string" && ISO.test(said) ? Date.parse(said) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

function labelsOf(said: unknown): Labels | null {
  if (!isRecord(said)) return null;
  const entries: [string, string][] = [];
  for (const [name, value] of Object.entries(said)) {
    if (!isText(name) || !isText(value)) return null;
    entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

/** PostgreSQL keeps no NUL and no half of a surrogate pair. */
function isText(value: unknown): value is string {
  return typeof value === "string" && !value.includes("\0") && value.isWellFormed();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

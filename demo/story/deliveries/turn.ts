import type { Deploy, Merge, Outage, Rollback } from "#demo/story/deliveries/event.ts";
import { mergeOf, type Quiet } from "#demo/story/deliveries/ordinary.ts";
import type { Moment } from "#demo/story/episode.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

/** Minutes from the start of the burn, or how to know them from the minute at which the demo began. */
type Minutes = number | Moment;

interface Ship {
  /** When its deployment finishes. */
  readonly at: Minutes;
  readonly key: string;
  readonly title: string;
  readonly author: string;
  readonly labels?: readonly string[];
  readonly reverts?: string;
}

interface Told {
  /** Minutes around the burn in which the service deploys nothing else. */
  readonly quiet: { readonly before: number; readonly after: number };
  readonly ships?: readonly Ship[];
  readonly rollbackAt?: number;
  readonly outage?: {
    readonly title: string;
    readonly severity: 1 | 2 | 3;
    readonly noticedAfter: number;
    readonly resolvedAfter: Minutes;
    readonly cause?: string;
    readonly fix?: string;
    readonly told: string;
  };
}

/** A turn of the story: deployments around the moment at which a budget begins to burn. */
export interface Turn {
  readonly service: string;
  quiet(anchor: number): Quiet;
  events(anchor: number): readonly (Merge | Deploy | Rollback | Outage)[];
}

export function turn(service: string, burns: Moment, told: Told): Turn {
  const begin = (anchor: number) => burns(Math.floor(anchor / MINUTE)) * MINUTE;
  return {
    service,
    quiet(anchor) {
      const { before, after } = told.quiet;
      const at = begin(anchor);
      return { service, from: at - before * MINUTE, to: at + after * MINUTE };
    },
    events(anchor) {
      const at = (minutes: Minutes) => begin(anchor) + inMs(minutes, anchor);
      const { ships = [], rollbackAt, outage } = told;
      return [
        ...ships.flatMap((ship) => shipped(service, ship, at(ship.at))),
        ...(rollbackAt === undefined
          ? []
          : [{ kind: "rollback", at: at(rollbackAt), service } as const]),
        ...(outage ? [outageOf(service, outage, at)] : []),
      ];
    },
  };
}

function inMs(minutes: Minutes, anchor: number): number {
  const whole = typeof minutes === "number" ? minutes : minutes(Math.floor(anchor / MINUTE));
  return whole * MINUTE;
}

/** What mends is written and reviewed within the hour; a plan takes a day. */
function shipped(service: string, ship: Ship, at: number): (Merge | Deploy)[] {
  const { key, title, author, labels = [], reverts } = ship;
  const isMending = labels.length > 0 || reverts !== undefined;
  const pace = isMending ? 0.3 : 8;
  const merge = mergeOf({
    mergedAt: at - (isMending ? 6 : 25) * MINUTE,
    author,
    reviewer: author === "sofia" ? "arun" : "sofia",
    title,
    labels,
    merging: "squash",
    codingMs: pace * HOUR,
    commits: isMending ? 1 : 3,
    waitingMs: (pace / 4) * HOUR,
    reviewMs: (pace / 8) * HOUR,
    key,
    ...(reverts === undefined ? {} : { reverts }),
  });
  return [merge, { kind: "deploy", at, service, succeeds: true }];
}

function outageOf(
  service: string,
  outage: NonNullable<Told["outage"]>,
  at: (minutes: Minutes) => number,
): Outage {
  const { title, severity, told, cause, fix } = outage;
  return {
    kind: "outage",
    at: at(outage.noticedAfter),
    service,
    title,
    severity,
    startedAt: at(0),
    resolvedAt: at(outage.resolvedAfter),
    cause: cause ?? null,
    fix: fix ?? null,
    told,
  };
}

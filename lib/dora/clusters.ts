import { DAY, HOUR } from "#lib/time/duration.ts";

/**
 * The clusters that the DORA reports published, as they published them. Years differ in what they
 * found: clusters overlap, leave room between them, and in 2024 the failure rate does not even ascend.
 */

export type ClusterName = "elite" | "high" | "medium" | "low";
export type LevelMetric = "deploymentFrequency" | "leadTime" | "recoveryTime" | "changeFailureRate";

/** Published bounds, `[low, high)`: per day, ms, or share; a single published value has both alike. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly text: string;
}

export type Clusters = Readonly<
  Partial<Record<ClusterName, Readonly<Record<LevelMetric, Bounds>>>>
>;

const WEEK = 7 * DAY;
const MONTH = (365 / 12) * DAY;
const HALF_YEAR = 6 * MONTH;
const perDay = (ms: number) => DAY / ms;

const range = (low: number, high: number, text: string): Bounds => ({ low, high, text });
const percent = (value: number) => range(value / 100, value / 100, `${value} %`);
const percents = (low: number, high: number) => range(low / 100, high / 100, `${low}–${high} %`);

const OFTEN = {
  onDemand: range(1, Number.POSITIVE_INFINITY, "on demand"),
  dayToWeek: range(perDay(WEEK), 1, "once per day to once per week"),
  weekToMonth: range(perDay(MONTH), perDay(WEEK), "once per week to once per month"),
  monthToHalfYear: range(perDay(HALF_YEAR), perDay(MONTH), "once per month to once per 6 months"),
  rarer: range(0, perDay(HALF_YEAR), "less than once per 6 months"),
};

const TAKES = {
  hour: range(0, HOUR, "less than 1 hour"),
  day: range(0, DAY, "less than 1 day"),
  hourToDay: range(HOUR, DAY, "less than 1 day"),
  dayToWeek: range(DAY, WEEK, "1 day to 1 week"),
  weekToMonth: range(WEEK, MONTH, "1 week to 1 month"),
  monthToHalfYear: range(MONTH, HALF_YEAR, "1 month to 6 months"),
  longer: range(HALF_YEAR, Number.POSITIVE_INFINITY, "more than 6 months"),
};

const cluster = (
  deploymentFrequency: Bounds,
  leadTime: Bounds,
  recoveryTime: Bounds,
  changeFailureRate: Bounds,
) => ({ deploymentFrequency, leadTime, recoveryTime, changeFailureRate });

export interface PublishedYear {
  readonly source: string;
  readonly clusters: Clusters;
}

/** By year. 2025 has none: that report gave up tiers. */
export const PUBLISHED: ReadonlyMap<number, PublishedYear> = new Map([
  [
    2021,
    {
      source: "Accelerate State of DevOps 2021",
      clusters: {
        elite: cluster(OFTEN.onDemand, TAKES.hour, TAKES.hour, percents(0, 15)),
        high: cluster(OFTEN.weekToMonth, TAKES.dayToWeek, TAKES.hourToDay, percents(16, 30)),
        medium: cluster(
          OFTEN.monthToHalfYear,
          TAKES.monthToHalfYear,
          TAKES.dayToWeek,
          percents(16, 30),
        ),
        low: cluster(OFTEN.rarer, TAKES.longer, TAKES.longer, percents(16, 30)),
      },
    },
  ],
  [
    2022,
    {
      source: "Accelerate State of DevOps 2022",
      clusters: {
        high: cluster(OFTEN.onDemand, TAKES.dayToWeek, TAKES.day, percents(0, 15)),
        medium: cluster(OFTEN.weekToMonth, TAKES.weekToMonth, TAKES.dayToWeek, percents(16, 30)),
        low: cluster(
          OFTEN.monthToHalfYear,
          TAKES.monthToHalfYear,
          TAKES.weekToMonth,
          percents(46, 60),
        ),
      },
    },
  ],
  [
    2023,
    {
      source: "Accelerate State of DevOps 2023",
      clusters: {
        elite: cluster(OFTEN.onDemand, TAKES.day, TAKES.hour, percent(5)),
        high: cluster(OFTEN.dayToWeek, TAKES.dayToWeek, TAKES.hourToDay, percent(10)),
        medium: cluster(OFTEN.weekToMonth, TAKES.weekToMonth, TAKES.dayToWeek, percent(15)),
        low: cluster(OFTEN.weekToMonth, TAKES.weekToMonth, TAKES.monthToHalfYear, percent(64)),
      },
    },
  ],
  [
    2024,
    {
      source: "Accelerate State of DevOps 2024",
      clusters: {
        elite: cluster(OFTEN.onDemand, TAKES.day, TAKES.hour, percent(5)),
        high: cluster(OFTEN.dayToWeek, TAKES.dayToWeek, TAKES.hourToDay, percent(20)),
        medium: cluster(OFTEN.weekToMonth, TAKES.weekToMonth, TAKES.hourToDay, percent(10)),
        low: cluster(OFTEN.monthToHalfYear, TAKES.monthToHalfYear, TAKES.weekToMonth, percent(40)),
      },
    },
  ],
]);

import type { Line, PrometheusClient, Range } from "#collectors/prometheus/client.ts";
import { RefusedQuery } from "#collectors/prometheus/failure.ts";

/** What a fake server answers to one query at one time; null = no series. */
export type Reply = (query: string, at: number) => number | null;

export interface FakeClient extends PrometheusClient {
  /** The joined queries that were asked, each with its range. */
  readonly asked: { readonly query: string; readonly range: Range }[];
}

const MEMBER = /label_replace\((.*?), "plimsoll", "(\d+)", "", ""\)(?: or |$)/gs;

/** A client for tests of what is above it: takes joined queries apart and answers each by itself. */
export function fakeClient(reply: Reply): FakeClient {
  const asked: { query: string; range: Range }[] = [];
  return {
    asked,
    async rangeQuery(query, range) {
      asked.push({ query, range });
      return [...query.matchAll(MEMBER)].flatMap(([, member = "", index = ""]) =>
        lineOf(member, index, range, reply),
      );
    },
    buildInfo: () => Promise.reject(new RefusedQuery("no such endpoint")),
    scrapeIntervals: () => Promise.reject(new RefusedQuery("no such endpoint")),
    takeWarnings: () => [],
  };
}

function lineOf(member: string, index: string, range: Range, reply: Reply): Line[] {
  const values = timesOf(range).flatMap((time) => {
    const value = reply(member, time);
    return value === null ? [] : [{ time, value }];
  });
  return values.length > 0 ? [{ labels: { plimsoll: index }, values }] : [];
}

function timesOf({ from, to, stepMs }: Range): number[] {
  return Array.from({ length: Math.floor((to - from) / stepMs) + 1 }, (_, i) => from + i * stepMs);
}

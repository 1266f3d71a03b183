"use client";

import { useQuery } from "@tanstack/react-query";
import { sourcesQuery } from "#app/_data/sources/query.ts";
import { SourcesPanel } from "#components/sources/sources-panel.tsx";

/** The sources page, asked for again every few seconds. */
export function LiveSources() {
  const { data, error } = useQuery(sourcesQuery());
  if (!data) return null;
  return <SourcesPanel view={data} problem={error?.message ?? null} />;
}

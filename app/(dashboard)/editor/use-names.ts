import { useEffect, useMemo, useRef } from "react";
import { fetchNames } from "#app/_data/editor/query.ts";
import type { Names } from "#components/editor/completion.ts";

/** Names of the source that is chosen when they are asked for; none while there is none to ask. */
export function useNames(source: string | null): Names {
  const chosen = useRef(source);
  useEffect(() => {
    chosen.current = source;
  });
  return useMemo(() => namesFrom(() => chosen.current), []);
}

function namesFrom(source: () => string | null): Names {
  const ask = async (asked: Readonly<Record<string, string>>) => {
    const name = source();
    return name === null ? [] : fetchNames({ source: name, ...asked });
  };
  return {
    metrics: (part) => ask({ kind: "metrics", part }),
    labels: (metric) => ask({ kind: "labels", ...of(metric) }),
    values: (label, metric) => ask({ kind: "values", label, ...of(metric) }),
  };
}

function of(metric: string | null): Readonly<Record<string, string>> {
  return metric === null ? {} : { metric };
}

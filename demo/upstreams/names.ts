import type { Recording } from "#demo/upstreams/recording.ts";

type Labels = Readonly<Record<string, string>>;

/** The names of labels, of the metrics that a selector names. */
export function labelNames(recording: Recording, selector: string | null): string[] {
  return sorted(labelsOf(recording, selector).flatMap((labels) => Object.keys(labels)));
}

/** The values of a label, of the metrics that a selector names. */
export function labelValues(recording: Recording, label: string, selector: string | null) {
  return sorted(labelsOf(recording, selector).flatMap((labels) => labels[label] ?? []));
}

/** Selectors by a metric's name alone: the only ones that completion asks with. */
function labelsOf({ tracks }: Recording, selector: string | null): Labels[] {
  const all = tracks.map(({ labels }) => labels);
  const [, op, name = ""] = /^\{__name__=(~?)"([^"]*)"\}$/.exec(selector ?? "") ?? [];
  if (op === undefined) return all;
  const wanted = op === "~" ? new RegExp(`^(?:${name})$`) : null;
  const isNamed = (metric: string) => wanted?.test(metric) ?? metric === name;
  return all.filter((labels) => isNamed(labels.__name__ ?? ""));
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** One gauge with its samples. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Gauges in the text format that Prometheus scrapes, each sample on a line; a gauge without samples
 * keeps its two lines of explanation.
 * @example writeGauges([{ name: "up", help: "Is it there?", samples: [{ labels: { job: "a" }, value: 1 }] }])
 */
export function writeGauges(gauges: readonly Gauge[]): string {
  return gauges.map(writeGauge).join("");
}

function writeGauge({ name, help, samples }: Gauge): string {
  const lines = samples.map(({ labels, value }) => `${name}${writeLabels(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
}

function writeLabels(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

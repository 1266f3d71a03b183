import { prometheusCost } from "#bench/prometheus-cost.ts";
import { type Report, reportOf } from "#bench/report.ts";

/** Our samples against those that the rule sets of the two common tools read on the same server. */
export async function prometheusBench(): Promise<Report> {
  const { steady, churn } = await prometheusCost();
  return reportOf("Samples that Prometheus reads per SLO and hour (totalQueryableSamples)", [
    compared("three steady pods", steady.ours, { what: "Sloth's rules", value: steady.sloth }, 100),
    compared("three steady pods", steady.ours, { what: "Pyrra's rules", value: steady.pyrra }, 300),
    compared(
      "a new pod every 11 min",
      churn.ours,
      { what: "Sloth's, up to 3d", value: churn.sloth },
      100,
    ),
  ]);
}

function compared(
  what: string,
  value: number,
  against: { readonly what: string; readonly value: number },
  times: number,
) {
  return { what, value, unit: "samples", against, promise: { atMost: against.value / times } };
}

import { type Interval, type TruthCase, truthCases } from "#bench/truth/cases.ts";
import { playCases } from "#bench/truth/openmetrics.ts";
import type { Simulated } from "#bench/truth/simulate.ts";

type Incident = TruthCase["incidents"][number];

/** A case of the generator with another incident; where there are gaps, instances restart as well. */
export function play(name: string, span: Interval, incident: Incident): Simulated {
  const cases = new Map(truthCases(span).map((each) => [each.name, each]));
  const [found, resets] = [cases.get(name), cases.get("resets")];
  if (!found || !resets) throw new Error(`the generator has no ${name}`);
  const lives =
    name === "gaps" ? resets.lives : found.lives.slice(0, name === "steady" ? 1 : undefined);
  const played = playCases([{ ...found, lives, incidents: [incident] }], span);
  const [simulated] = played.cases.values();
  if (!simulated) throw new Error(`${name} was not played`);
  return simulated;
}

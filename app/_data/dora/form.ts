import { type DoraAsk, type DoraFields, periodFields } from "#app/_data/dora/ask.ts";
import type { DoraChoices } from "#components/dora/view.ts";

/** What is wrong with which field of the form; of names, that nobody is called so. */
export function mistakesOf(
  { team, service, mistakes }: DoraAsk,
  choices: DoraChoices,
): DoraAsk["mistakes"] {
  const isUnknown = (name: string, known: readonly string[]) =>
    name !== "" && !known.includes(name);
  return {
    ...mistakes,
    ...(isUnknown(team, choices.teams) ? { team: "No team is called this." } : {}),
    ...(isUnknown(service, choices.services) ? { service: "No service is called this." } : {}),
  };
}

/** What the form shows as chosen: what is shown, not what could not be used. */
export function shownFields(ask: DoraAsk): DoraFields {
  const { fields, team, service, zone, period, mistakes } = ask;
  const days = mistakes.to === undefined ? periodFields(period) : { period: "days" };
  return { ...fields, ...{ team, service, zone }, ...days };
}

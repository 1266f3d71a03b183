import type { Loss } from "#lib/convert/loss.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { slugOf, teamName } from "#lib/spec/names.ts";

type Labels = Readonly<Record<string, string>>;

/**
 * The labels of an SLO in a format where the team stands in the label `team` (else `owner`), and what
 * that changes.
 * @example labelsWithTeam({ ...definition, team: "shop", labels: {} }).labels // { team: "shop" }
 */
export function labelsWithTeam({ team, labels }: Pick<SloDefinition, "team" | "labels">): {
  labels: Labels;
  losses: Loss[];
} {
  const usable = withoutNameless(labels);
  const losses: Loss[] =
    usable === labels
      ? []
      : [{ field: "labels", message: "a label that names no team is left out" }];
  const named = usable.team ?? usable.owner;
  if (named === undefined) {
    if (team === null) return { labels: usable, losses };
    losses.push({
      field: "labels",
      message:
        "there is no field for the team: it is written as the label team, and read from there",
    });
    return { labels: { ...usable, team }, losses };
  }
  if (slugOf(teamName(named)) === team) return { labels: usable, losses };
  losses.push({ field: "team", message: `the label names the team: ${named}` });
  return { labels: usable, losses };
}

/** A label `team` or `owner` without a name in it would be refused where it names the team. */
function withoutNameless(labels: Labels): Labels {
  const nameless = ["team", "owner"].filter((name) => {
    const value = labels[name];
    return value !== undefined && slugOf(teamName(value)) === null;
  });
  if (nameless.length === 0) return labels;
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !nameless.includes(name)));
}

import { sloPath } from "#components/layout/paths.ts";
import type { AlertLanding, OutsideAlertView } from "#components/slo/alert/view.ts";
import { landingQuery } from "#lib/alerts/link.ts";
import { severityOf } from "#lib/alerts/tie.ts";
import type { AlertSpan } from "#lib/charts/view.ts";
import type { Severity } from "#lib/slo/status.ts";
import { tiersOf } from "#lib/slo/tiers.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

interface FiresAsk {
  readonly definition: SloDefinition;
  readonly ours: readonly AlertSpan[];
  readonly outside: readonly OutsideAlertView[];
  /** The firing that is shown; null where none is recorded. */
  readonly shown: {
    readonly tier: string | null;
    readonly severity: Severity;
    readonly isOver: boolean;
  };
  readonly now: number;
}

interface Open {
  readonly tier: string | null;
  readonly severity: Severity;
  readonly startsAt: number;
}

/** The worst that fires now beside the firing that is shown: any once that is over, else only what is worse. */
export function firesNow(ask: FiresAsk): AlertLanding["firesNow"] {
  const { definition, shown, now } = ask;
  const tiers = tiersOf(definition).map(({ tier }) => tier as string);
  const rank = ({ tier, severity }: Pick<Open, "tier" | "severity">) => {
    const place = tier === null ? -1 : tiers.indexOf(tier);
    return place === -1 ? (severity === "page" ? 0.5 : tiers.length) : place;
  };
  const worst = openOf(ask)
    .filter((open) => shown.isOver || rank(open) < rank(shown))
    .toSorted((a, b) => rank(a) - rank(b))[0];
  if (!worst) return null;
  const { tier, severity, startsAt } = worst;
  const query = landingQuery({ startsAt, endsAt: null, tier }, definition, now);
  const { service, name: slo } = definition;
  return {
    ...{ tier, severity, startedAt: startsAt, again: shown.isOver && tier === shown.tier },
    path: `${sloPath({ service, slo })}?${query}`,
  };
}

function openOf({ ours, outside }: FiresAsk): Open[] {
  return [
    ...ours
      .filter(({ endedAt }) => endedAt === null)
      .map(({ tier, severity, startedAt }) => ({ tier, severity, startsAt: startedAt })),
    ...outside
      .filter(({ endsAt }) => endsAt === null)
      .map(({ tier, severity, startsAt }) => ({ tier, severity: severityOf(severity), startsAt })),
  ];
}

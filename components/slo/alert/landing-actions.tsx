import Link from "next/link";
import type { ReactNode } from "react";
import { askPath, incidentPath, openIncidentPath } from "#components/layout/paths.ts";
import { ExemptLine } from "#components/policy/exempt-line.tsx";
import { GateMark } from "#components/policy/gate-mark.tsx";
import type { AlertLanding, LandingGate } from "#components/slo/alert/view.ts";

const LOOK =
  "inline-flex min-h-7 items-center rounded-[7px] border border-line-2 px-2.5 py-1 text-[13px] text-ink-2 hover:border-ink-3 hover:text-ink";

interface LandingActionsProps {
  readonly landing: AlertLanding;
  readonly gate: LandingGate | null;
  /** The reader may open incidents and ask for exceptions. */
  readonly mayEdit: boolean;
}

/** What a person who was called does next, each with all that is known filled in. */
export function LandingActions({ landing, gate, mayEdit }: LandingActionsProps) {
  const { service, slo, incidents } = landing;
  const open = incidents.find(({ resolvedAt }) => resolvedAt === null);
  return (
    <div className="mt-2.5 border-t border-line pt-2.5">
      <div className="flex flex-wrap items-center gap-2">
        {open && <Action href={incidentPath(open.id)}>Go to the open {open.severity}</Action>}
        {mayEdit && <Action href={openPath(landing)}>Open an incident</Action>}
        {mayEdit && gate?.answer.decision === "block" && (
          <Action href={askPath({ service, slo, environment: "production" })}>
            Ask for an exception
          </Action>
        )}
      </div>
      {gate && <MayShip gate={gate} />}
    </div>
  );
}

function Action({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={LOOK}>
      {children}
    </Link>
  );
}

/** A page is about many users, a ticket is not. */
function openPath({ service, slo, tier, name, startedAt }: AlertLanding): string {
  return openIncidentPath({
    service,
    severity: tier?.severity === "ticket" ? "SEV3" : "SEV2",
    since: startedAt === null ? undefined : new Date(startedAt).toISOString(),
    title: `${slo}: ${tier?.tier ?? name}`,
  });
}

function MayShip({ gate: { answer, fixes } }: { gate: LandingGate }) {
  return (
    <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px]">
      <span className="text-ink-3">May I ship to production?</span>
      <GateMark answer={answer} />
      {answer.decision === "block" && (
        <span className="text-ink-2">
          <ExemptLine exempt={fixes} />
        </span>
      )}
    </p>
  );
}

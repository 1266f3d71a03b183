import Link from "next/link";
import { sloPath } from "#components/layout/paths.ts";
import { StateMark } from "#components/slo/state-mark.tsx";
import type { ServiceView } from "#components/slo/timeline/view.ts";
import { Card } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";
import { ZonedText } from "#components/ui/zoned-text.tsx";
import { HEALTHY } from "#lib/policy/policy.ts";
import { worstSlo } from "#lib/slo/service.ts";

/** The state and policy state that a service takes from its worst enforced SLO. */
export function ServiceVerdict({ view }: { view: ServiceView }) {
  const worst = worstSlo(view.rows);
  if (!worst) {
    return (
      <Card className="px-4 py-3.5">
        None of its SLOs is enforced: they are aspirational, so the service itself has no state.
      </Card>
    );
  }
  return (
    <Card className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3.5">
      <div className="text-[15px]">
        <StateMark state={worst.state} />
      </div>
      <p className="max-w-[92ch] text-[14.5px] text-pretty">
        {worst.policyState !== HEALTHY && (
          <b className="font-semibold">
            {worst.policyState}
            {worst.held && " (held)"}.{" "}
          </b>
        )}
        The worst enforced SLO is{" "}
        <Link href={sloPath(worst)} className="prose-link">
          {worst.slo}
        </Link>
        : <ZonedText text={worst.reason} moments={[worst.dataThrough, worst.noTrafficSince]} />
        {worst.blocks && worst.liftsAt !== null && (
          <>
            {" "}
            If nothing fails from now on, the block lifts on <Time at={worst.liftsAt} />.
          </>
        )}
      </p>
    </Card>
  );
}

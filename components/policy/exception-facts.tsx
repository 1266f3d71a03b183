import Link from "next/link";
import type { ReactNode } from "react";
import { exceptionPath, servicePath, sloPath } from "#components/layout/paths.ts";
import type { ExceptionView } from "#components/policy/view.ts";
import { NEED_HINT, NEED_WORD } from "#components/policy/words.ts";
import { Time } from "#components/ui/time.tsx";

/** What was written when it was asked for. */
export function ExceptionFacts({ view }: { view: ExceptionView }) {
  const { service, slo, environment, need, justification, risk, mitigations } = view;
  return (
    <dl className="text-[13.5px]">
      <Fact name="For">
        <Link href={servicePath(service)} prefetch={false} className="prose-link">
          {service}
        </Link>
        {", "}
        {slo === null ? (
          "every SLO"
        ) : (
          <Link href={sloPath({ service, slo })} prefetch={false} className="prose-link">
            {slo}
          </Link>
        )}
        , {environment ?? "every environment"}
      </Fact>
      <Fact name="Need">
        {NEED_WORD[need]}: {NEED_HINT[need]}
      </Fact>
      <Fact name="Justification">{justification}</Fact>
      <Fact name="Risk">{risk}</Fact>
      <Fact name="Mitigations">{mitigations}</Fact>
      <Fact name="Ends">
        <Time at={view.expiresAt} show="both" />
      </Fact>
      {view.follows !== null && (
        <Fact name="Follows">
          <Link href={exceptionPath(view.follows)} prefetch={false} className="prose-link">
            Exception {view.follows}
          </Link>
          , asked for anew
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-5 gap-y-0.5 border-t border-line px-4 py-2.5 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-[13px] text-ink-3">{name}</dt>
      <dd className="max-w-[80ch] whitespace-pre-line [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

import Link from "next/link";
import { servicePath, sloPath, teamPath } from "#components/layout/paths.ts";
import { objectiveInWords } from "#components/slo/detail/objective.ts";
import type { SloHead } from "#components/slo/detail/view.ts";
import { WhatIfLink } from "#components/whatif/what-if-link.tsx";
import { MomentPicker } from "./moment-picker.tsx";
import type { SloUrl } from "./slo-url.ts";

/** Where we are, what is promised, and of which moment the page speaks. */
export function SloHeading({ head, url }: { head: SloHead; url: SloUrl }) {
  const { service, name, definition } = head;
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <nav aria-label="Breadcrumb" className="text-small text-ink-3">
          {definition.team && (
            <>
              <Link
                href={teamPath(definition.team)}
                className="inline-block min-h-6 hover:underline"
              >
                {definition.team}
              </Link>
              {definition.instanceOf !== null && " / "}
            </>
          )}
          {definition.instanceOf !== null && (
            <Link
              href={sloPath({ service, slo: definition.instanceOf })}
              className="inline-block min-h-6 hover:underline"
            >
              {definition.instanceOf}
            </Link>
          )}
        </nav>
        <h1 className="mt-0.5">
          <Link href={servicePath(service)} className="inline-block min-h-6 hover:underline">
            {service}
          </Link>{" "}
          {name} <span className="font-normal text-ink-3">{objectiveInWords(definition)}</span>
        </h1>
        {!definition.enforced && (
          <p className="mt-1 text-small text-ink-3">
            Aspirational: shown, but it never counts against its service.
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {head.retiredAt === null && <WhatIfLink slo={{ service, slo: name }} />}
        <MomentPicker at={head.asOf?.at ?? null} onPick={url.setMoment} />
      </div>
    </header>
  );
}

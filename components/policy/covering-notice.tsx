import Link from "next/link";
import { exceptionPath } from "#components/layout/paths.ts";
import type { ExceptionLine } from "#components/policy/view.ts";
import { NEED_WORD } from "#components/policy/words.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Time } from "#components/ui/time.tsx";

/** The exceptions in force, each with its end; nothing where there is none. */
export function CoveringNotice({ exceptions }: { exceptions: readonly ExceptionLine[] }) {
  if (exceptions.length === 0) return null;
  return (
    <Banner tone="quiet">
      <ul className="space-y-0.5">
        {exceptions.map(({ id, slo, environment, need, decidedByName, expiresAt }) => (
          <li key={id}>
            <Link href={exceptionPath(id)} prefetch={false} className="prose-link text-ink">
              Exception in force
            </Link>{" "}
            for {slo ?? "every SLO"}, {environment ?? "every environment"}: a block of the policy
            holds nothing up until <Time at={expiresAt} show="both" /> (
            {NEED_WORD[need].toLowerCase()}, approved by {decidedByName}).
          </li>
        ))}
      </ul>
    </Banner>
  );
}

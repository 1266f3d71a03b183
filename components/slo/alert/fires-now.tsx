import Link from "next/link";
import type { AlertLanding } from "#components/slo/alert/view.ts";
import { Time } from "#components/ui/time.tsx";

/** What fires now and matters more than what is shown, first and red. */
export function FiresNow({ fires }: { fires: NonNullable<AlertLanding["firesNow"]> }) {
  const { tier, severity, startedAt, again, path } = fires;
  return (
    <p className="mb-1.5 text-[13px]">
      <b className={`font-semibold ${severity === "page" ? "text-out" : "text-risk"}`}>
        {again ? "It fires again since " : `${tier ?? severity} fires now, since `}
        <Time at={startedAt} show="both" />
      </b>
      .{" "}
      <Link href={path} className="prose-link inline-block min-h-6 font-medium">
        Go to it
      </Link>
    </p>
  );
}

import type { SloPage } from "#app/_data/slo/query.ts";
import { type PlannedWindow, warningOf } from "#components/slo/apart/warning.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Time } from "#components/ui/time.tsx";

interface ApartWarningProps {
  readonly page: Pick<SloPage, "head" | "openIncidents">;
  /** As the form has it now. */
  readonly window: PlannedWindow;
}

/** Before anybody takes a running outage out of the books by accident. */
export function ApartWarning({ page: { head, openIncidents }, window }: ApartWarningProps) {
  const firings = [
    ...head.alerts.map(({ tier, startedAt, endedAt }) => ({
      what: tier,
      from: startedAt,
      to: endedAt,
    })),
    ...head.outside.map(({ name, startsAt, endsAt }) => ({
      what: name,
      from: startsAt,
      to: endsAt,
    })),
    ...openIncidents.map(({ title, startedAt }) => ({
      what: `“${title}”`,
      from: startedAt,
      to: null,
    })),
  ];
  const over = warningOf(window, firings);
  const [first] = over;
  if (!first) return null;
  return (
    <div role="status">
      <Banner tone="bad">
        <b className="font-semibold">This window lies over {first.what}</b>, since{" "}
        <Time at={first.from} />
        {over.length > 1 && ` and ${over.length - 1} more`}. Left out, its bad events cost no
        budget, the alert ends and nobody is called for them. Count it, or move the window, unless
        that is what you mean.
      </Banner>
    </div>
  );
}

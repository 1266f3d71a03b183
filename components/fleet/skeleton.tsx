import { Card } from "#components/ui/card.tsx";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** The place of the fleet while it is read: as high as what follows, so that nothing moves. */
export function FleetSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Reading the fleet
      </p>
      <div aria-hidden="true">
        <div className="mb-3.5 flex h-[37px] items-center gap-6">
          {ROWS.slice(0, 5).map((key) => (
            <Bar key={key} className="h-5 w-24" />
          ))}
        </div>
        <Bar className="mb-3.5 h-[34px] w-full max-w-[440px]" />
        <Card>
          {ROWS.map((key) => (
            <div
              key={key}
              className="flex h-[50px] items-center gap-8 border-b border-line px-3.5 last:border-0"
            >
              <Bar className="h-4 w-20" />
              <Bar className="h-4 w-40" />
              <Bar className="h-2 w-32 max-md:hidden" />
              <Bar className="ml-auto h-4 w-24 max-md:hidden" />
            </div>
          ))}
        </Card>
      </div>
    </div>
  );
}

function Bar({ className }: { className: string }) {
  return <div className={`animate-pulse rounded-[5px] bg-ink/7 ${className}`} />;
}

import { FleetSkeleton } from "#components/fleet/skeleton.tsx";
import { Bar } from "#components/ui/skeleton.tsx";

/** The place of a team's name and its SLOs while they are read. */
export default function Loading() {
  return (
    <div className="space-y-5">
      <div>
        <p className="text-small text-ink-3">Team</p>
        <Bar className="mt-1 h-6 w-40" />
        <Bar className="mt-2 h-4 w-72" />
      </div>
      <FleetSkeleton />
    </div>
  );
}

import { FleetSkeleton } from "#components/fleet/skeleton.tsx";

export default function Loading() {
  return (
    <>
      <div aria-hidden="true" className="mb-3 flex h-[28px] items-center">
        <div className="h-5 w-28 animate-pulse rounded-[5px] bg-ink/7" />
      </div>
      <FleetSkeleton />
    </>
  );
}

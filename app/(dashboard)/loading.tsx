import { FleetSkeleton } from "#components/fleet/skeleton.tsx";

export default function Loading() {
  return <FleetSkeleton />;
}

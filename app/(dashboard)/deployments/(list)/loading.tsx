import { Bar } from "#components/ui/skeleton.tsx";

/** The place of the list while it is read. */
export default function Loading() {
  return (
    <div role="status" className="space-y-4">
      <span className="sr-only">Loading deployments</span>
      <Bar className="h-7 w-44" />
      <Bar className="h-28 w-full" />
      <Bar className="h-96 w-full" />
    </div>
  );
}

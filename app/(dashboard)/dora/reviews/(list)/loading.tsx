import { Bar } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return (
    <div role="status" className="space-y-5">
      <span className="sr-only">Loading reviews</span>
      <Bar className="h-7 w-52" />
      <Bar className="h-96 w-full" />
    </div>
  );
}

import { Bar } from "#components/ui/skeleton.tsx";

const CARDS = ["a", "b", "c", "d", "e"];

/** The place of the five metrics while they are read. */
export default function Loading() {
  return (
    <div role="status" className="space-y-4">
      <span className="sr-only">Loading delivery metrics</span>
      <Bar className="h-7 w-40" />
      <Bar className="h-24 w-full" />
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {CARDS.map((card) => (
          <Bar key={card} className="h-52 w-full" />
        ))}
      </div>
    </div>
  );
}

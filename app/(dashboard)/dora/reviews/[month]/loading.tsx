import { Bar } from "#components/ui/skeleton.tsx";

const CARDS = ["a", "b", "c", "d", "e"];

export default function Loading() {
  return (
    <div role="status" className="space-y-5">
      <span className="sr-only">Loading the review</span>
      <Bar className="h-7 w-64" />
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {CARDS.map((card) => (
          <Bar key={card} className="h-52 w-full" />
        ))}
      </div>
      <Bar className="h-64 w-full" />
    </div>
  );
}

import { Card } from "#components/ui/card.tsx";
import { Bar } from "#components/ui/skeleton.tsx";

/** The place of an incident while it is read. */
export default function Loading() {
  return (
    <div className="space-y-5">
      <div>
        <p className="text-small text-ink-3">Incident</p>
        <Bar className="mt-1 h-6 w-80 max-w-full" />
        <Bar className="mt-2 h-4 w-56" />
      </div>
      <Card className="space-y-4 p-4">
        {["a", "b", "c", "d", "e"].map((line) => (
          <Bar key={line} className="h-7 w-full" />
        ))}
      </Card>
    </div>
  );
}

import { Card } from "#components/ui/card.tsx";
import { Bar } from "#components/ui/skeleton.tsx";

/** The place of the list while it is read. */
export default function Loading() {
  return (
    <div className="space-y-5">
      <h1>Incidents</h1>
      <Card className="space-y-4 p-4">
        {["a", "b", "c", "d", "e", "f"].map((line) => (
          <Bar key={line} className="h-9 w-full" />
        ))}
      </Card>
    </div>
  );
}

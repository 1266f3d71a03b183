import { Card } from "#components/ui/card.tsx";
import { Bar } from "#components/ui/skeleton.tsx";

/** The place of the answers while they are read. */
export default function Loading() {
  return (
    <div className="space-y-5">
      <h1>Gate log</h1>
      <Bar className="h-4 w-72" />
      {["filter", "answers"].map((part) => (
        <Card key={part} className="space-y-4 p-4">
          <Bar className="h-5 w-48" />
          <Bar className="h-9 w-full" />
          <Bar className="h-9 w-full" />
        </Card>
      ))}
    </div>
  );
}

import { Card } from "#components/ui/card.tsx";
import { Bar } from "#components/ui/skeleton.tsx";

/** The place of two sources and the documents while they are read. */
export default function Loading() {
  return (
    <div aria-busy="true" className="space-y-5">
      <h1>Sources</h1>
      <p role="status" className="sr-only">
        Reading the sources
      </p>
      {["h-[170px]", "h-[170px]", "h-[360px]"].map((height, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
        <Card key={i} className={`px-4 py-4 ${height}`}>
          <Bar className="h-4 w-44" />
          <Bar className="mt-8 h-3 w-full max-w-[640px]" />
          <Bar className="mt-3 h-3 w-full max-w-[480px]" />
        </Card>
      ))}
    </div>
  );
}

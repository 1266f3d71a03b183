import { Card } from "#components/ui/card.tsx";
import { Bar } from "#components/ui/skeleton.tsx";

/** The place of the editor and of what it shows, while they are fetched. */
export function EditorSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-5 xl:grid-cols-2">
      <p role="status" className="sr-only">
        Fetching the editor
      </p>
      {["h-[480px]", "h-[480px]"].map((height, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
        <Card key={i} className={`px-4 py-4 ${height}`}>
          <Bar className="h-4 w-44" />
          <Bar className="mt-8 h-3 w-full max-w-[520px]" />
          <Bar className="mt-3 h-3 w-full max-w-[400px]" />
        </Card>
      ))}
    </div>
  );
}

import Link from "next/link";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

/** Inside the frame: where to go on is at the left. */
export default function NotFound() {
  return (
    <Card>
      <Empty isPage title="There is no such service, SLO or team">
        It may have been renamed, or its document taken away.{" "}
        <Link href="/" className="prose-link text-ink">
          The fleet
        </Link>{" "}
        lists everything that is in force.
      </Empty>
    </Card>
  );
}

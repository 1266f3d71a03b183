import Link from "next/link";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

/** A link to an incident that is not known here. */
export default function IncidentNotFound() {
  return (
    <Card>
      <Empty isPage title="There is no such incident">
        Its link may have been cut short.{" "}
        <Link href="/incidents" className="prose-link text-ink">
          The list of incidents
        </Link>{" "}
        has every one that is known.
      </Empty>
    </Card>
  );
}

import Link from "next/link";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

/** A link to a deployment that is not known here. */
export default function DeploymentNotFound() {
  return (
    <Card>
      <Empty isPage title="There is no such deployment">
        Its link may have been cut short, or its source not yet asked.{" "}
        <Link href="/deployments" className="prose-link text-ink">
          The list of deployments
        </Link>{" "}
        has every one that is known.
      </Empty>
    </Card>
  );
}

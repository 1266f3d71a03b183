import Link from "next/link";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

/** Before the first deployment is known: how they come in. */
export function NoDelivery() {
  return (
    <Card>
      <Empty title="No deployment is known yet">
        <p>
          Deployments come from GitHub (<code>sources.github</code> and a <code>repository</code>{" "}
          for each of the <code>services</code> in the configuration), or your pipeline posts them
          to <code>/api/v1/deployments</code> with a token that may ingest.
        </p>
        <p className="mt-2">
          The{" "}
          <Link href="/sources" className="prose-link">
            sources page
          </Link>{" "}
          shows how far GitHub has been read.
        </p>
      </Empty>
    </Card>
  );
}

/** Where a name of the address leads nowhere: zeros would look like a team that never deploys. */
export function NobodyCalled() {
  return (
    <Card>
      <Empty title="There is nobody to show">
        No team or service that is known has this name. Choose one of the list above.
      </Empty>
    </Card>
  );
}

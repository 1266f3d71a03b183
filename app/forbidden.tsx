import Link from "next/link";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

/** Inside the frame, for whoever is signed in, but may not see this page. */
export default function Forbidden() {
  return (
    <Card>
      <Empty isPage title="This page is not for you">
        It needs a role that you do not have. An admin can give it to you under Settings, People.{" "}
        <Link href="/" className="prose-link text-ink">
          The fleet
        </Link>{" "}
        is open to everyone who signs in.
      </Empty>
    </Card>
  );
}

import Link from "next/link";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

/** A link to an exception that nobody asked for. */
export default function ExceptionNotFound() {
  return (
    <Card>
      <Empty isPage title="There is no such exception">
        Its link may have been cut short.{" "}
        <Link href="/policy/exceptions" className="prose-link text-ink">
          The list of exceptions
        </Link>{" "}
        has every one that is known.
      </Empty>
    </Card>
  );
}

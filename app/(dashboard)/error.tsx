"use client";

import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

/** A page that could not be made: says so plainly; the log has the rest. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <Card>
      <Empty isPage title="This page could not be made">
        <p>
          Something went wrong on our side; nothing that was collected is lost. The server's log
          says what happened{error.digest ? ` (reference ${error.digest})` : ""}.
        </p>
        <Button onClick={reset} className="mt-4">
          Try again
        </Button>
      </Empty>
    </Card>
  );
}

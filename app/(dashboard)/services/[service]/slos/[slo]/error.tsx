"use client";

import { Button } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";

interface ErrorProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

/** Reading the SLO failed: what to do, and what to look for in the log. */
export default function SloError({ error, reset }: ErrorProps) {
  return (
    <Empty title="This SLO cannot be shown right now">
      <p>
        Reading it failed on our side; nothing that was counted is lost.
        {error.digest && ` The log names it ${error.digest}.`}
      </p>
      <div className="mt-4">
        <Button onClick={reset}>Try again</Button>
      </div>
    </Empty>
  );
}

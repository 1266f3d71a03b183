"use client";

import "./globals.css";

/** Even the frame could not be made: no theme, no navigation, only the way back. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col items-center justify-center gap-3 px-4 text-center">
        <title>Plimsoll</title>
        <h1>Plimsoll cannot be shown</h1>
        <p className="max-w-[56ch] text-ink-2">
          Something went wrong on our side; nothing that was collected is lost. The server's log
          says what happened.
        </p>
        <button
          type="button"
          onClick={reset}
          className="rounded-[7px] border border-line-2 px-3 py-1.5 text-[13px]"
        >
          Try again
        </button>
      </body>
    </html>
  );
}

import Link from "next/link";
import { askPath, type ExceptionAsk } from "#components/layout/paths.ts";

interface AskLinkProps {
  readonly ask?: ExceptionAsk;
  readonly label?: string;
}

/** Leads to the form; looks like the buttons beside it. */
export function AskLink({ ask = {}, label = "Ask for an exception" }: AskLinkProps) {
  return (
    <Link
      href={askPath(ask)}
      className="inline-flex items-center rounded-[7px] border border-line-2 bg-surface px-2.5 py-1.5 text-[13px] text-ink-2 hover:border-ink-3 hover:text-ink"
    >
      {label}
    </Link>
  );
}

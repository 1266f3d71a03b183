import Link from "next/link";
import { addressOf } from "#app/_data/settings/audit/filter.ts";
import type { AuditView } from "#app/_data/settings/audit/read.ts";

type PagerProps = Pick<AuditView, "fields" | "older" | "isNewest">;

/** From the newest entries to older ones; the browser's own way leads back. */
export function Pager({ fields, older, isNewest }: PagerProps) {
  if (isNewest && older === null) return null;
  return (
    <nav aria-label="Pages" className="flex gap-5 border-t border-line px-4 py-3 text-[13px]">
      {!isNewest && (
        <Link href={`/settings/audit?${addressOf(fields)}`} className="prose-link">
          Newest entries
        </Link>
      )}
      {older && (
        <Link href={`/settings/audit?${addressOf(fields, older)}`} className="prose-link ml-auto">
          Older entries
        </Link>
      )}
    </nav>
  );
}

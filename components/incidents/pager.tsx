import Link from "next/link";
import { FILTER_FIELDS, type IncidentsView } from "#components/incidents/view.ts";

/** Newer and older pages of the same filter; nothing where there is only one. */
export function Pager({ fields, page, pages }: Pick<IncidentsView, "fields" | "page" | "pages">) {
  if (pages === 1 && page === 1) return null;
  const to = (n: number) => {
    const filter = FILTER_FIELDS.flatMap((name) => (fields[name] ? [[name, fields[name]]] : []));
    return `/incidents?${new URLSearchParams([...filter, ["page", String(n)]])}`;
  };
  return (
    <nav
      aria-label="Pages"
      className="flex gap-5 border-t border-line px-4 py-3 text-[13px] text-ink-3"
    >
      {page > 1 && (
        <Link href={to(Math.min(page - 1, pages))} className="prose-link text-ink">
          Newer
        </Link>
      )}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages && (
        <Link href={to(page + 1)} className="prose-link text-ink">
          Older
        </Link>
      )}
    </nav>
  );
}

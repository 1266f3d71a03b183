"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

export interface Tab {
  readonly href: string;
  readonly label: string;
}

interface TabsProps {
  /** What the pages have in common, for those who hear the page. */
  readonly label: string;
  readonly tabs: readonly Tab[];
}

/** Pages that belong together; the one that is seen, or that holds it, is marked. */
export function Tabs({ label, tabs }: TabsProps) {
  const current = currentOf(usePathname(), tabs);
  return (
    <nav aria-label={label} className="no-print mb-5 border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-5">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab === current ? "page" : undefined}
              className="block border-b-2 border-transparent py-2 text-[13px] text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-[560] aria-[current]:text-ink"
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Of several that hold the path, the innermost. */
function currentOf(path: string, tabs: readonly Tab[]): Tab | undefined {
  return tabs
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .toSorted((a, b) => b.href.length - a.href.length)[0];
}

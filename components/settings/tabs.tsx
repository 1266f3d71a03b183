"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

export interface SettingsTab {
  readonly href: string;
  readonly label: string;
}

/** The pages of the settings that one may see. */
export function SettingsTabs({ tabs }: { tabs: readonly SettingsTab[] }) {
  const path = usePathname();
  return (
    <nav aria-label="Settings" className="no-print mb-5 border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-5">
        {tabs.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={path === href ? "page" : undefined}
              className="block border-b-2 border-transparent py-2 text-[13px] text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-[560] aria-[current]:text-ink"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Brand } from "#components/layout/brand.tsx";
import { SearchButton } from "#components/layout/search-button.tsx";
import { ThemeSwitch } from "#components/layout/theme-switch.tsx";
import { TopBar } from "#components/layout/top-bar.tsx";

interface FrameProps {
  readonly navigation: ReactNode;
  /** What concerns every page: a first backfill, say. */
  readonly notices: ReactNode;
  readonly account: ReactNode;
  readonly children: ReactNode;
}

/** Side bar (top bar on a phone), notices and the page. */
export function Frame({ navigation, notices, account, children }: FrameProps) {
  const path = usePathname();
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[208px_minmax(0,1fr)] print:block">
      <a href="#content" className={SKIP}>
        Skip to the content
      </a>
      <aside className="no-print sticky top-0 flex h-dvh flex-col overflow-y-auto border-r border-line bg-surface px-3 pt-[18px] pb-4 max-md:hidden">
        <div className="px-2.5 pb-4">
          <Brand />
        </div>
        <SearchButton />
        {navigation}
        <div className="mt-auto space-y-3 px-2.5 pt-6">
          {account}
          <ThemeSwitch />
        </div>
      </aside>
      <TopBar key={path} account={account}>
        {navigation}
      </TopBar>
      <main id="content" tabIndex={-1} className={MAIN}>
        {notices}
        {children}
      </main>
    </div>
  );
}

const SKIP =
  "sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-[7px] focus:bg-raised focus:px-3 focus:py-2 focus:shadow-lg";

const MAIN =
  "w-full max-w-[1400px] min-w-0 px-7 pt-6 pb-16 outline-none max-md:px-4 max-md:pt-4 print:p-0";

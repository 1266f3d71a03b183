"use client";

import { Menu, X } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { Brand } from "#components/layout/brand.tsx";
import { SearchButton } from "#components/layout/search-button.tsx";
import { ThemeSwitch } from "#components/layout/theme-switch.tsx";

interface TopBarProps {
  readonly account: ReactNode;
  readonly children: ReactNode;
}

/** The phone's navigation: closed until asked for. Mounted anew on each page, so it closes by itself. */
export function TopBar({ account, children }: TopBarProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  useEscape(open, () => setOpen(false));
  return (
    <header className="no-print sticky top-0 z-30 border-b border-line bg-surface md:hidden">
      <div className="flex items-center justify-between px-4 py-2">
        <Brand />
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="-mr-2 flex size-10 items-center justify-center rounded-[7px] text-ink-2"
        >
          {open ? <X size={20} aria-hidden /> : <Menu size={20} aria-hidden />}
          <span className="sr-only">Navigation</span>
        </button>
      </div>
      <div id={id} hidden={!open} className="max-h-[75dvh] overflow-y-auto px-2 pt-1 pb-4">
        {open ? <SearchButton /> : null}
        {open ? children : null}
        <div className="space-y-3 px-2.5 pt-4">
          {open ? account : null}
          {open ? <ThemeSwitch /> : null}
        </div>
      </div>
    </header>
  );
}

function useEscape(active: boolean, close: () => void) {
  useEffect(() => {
    if (!active) return;
    const listen = ({ key }: KeyboardEvent) => {
      if (key === "Escape") close();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  });
}

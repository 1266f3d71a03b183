"use client";

import { Search } from "lucide-react";
import { showOverlay } from "#components/keys/overlay.ts";
import { Kbd, ModKey } from "#components/ui/kbd.tsx";

/** Opens the palette, for those who do not know its keys. */
export function SearchButton() {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => showOverlay("palette")}
      className="mb-3 flex w-full items-center gap-2 rounded-[7px] border border-line-2 px-2.5 py-1.5 text-[13px] text-ink-3 hover:border-ink-3 hover:text-ink"
    >
      <Search size={14} strokeWidth={1.9} aria-hidden />
      Go to
      <span aria-hidden className="ml-auto flex gap-0.5 max-md:hidden">
        <ModKey />
        <Kbd>K</Kbd>
      </span>
    </button>
  );
}

"use client";

import { type ReactNode, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";

interface PopupProps {
  readonly label: ReactNode;
  readonly pressed?: boolean;
  readonly children: (close: () => void) => ReactNode;
}

/** A button with a small form under it; Escape or leaving closes it. */
export function Popup({ label, pressed, children }: PopupProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from the form's own controls
    <div
      className="relative"
      onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
    >
      <Button
        aria-expanded={open}
        aria-controls={id}
        aria-pressed={pressed}
        onClick={() => setOpen(!open)}
      >
        {label}
      </Button>
      {open && (
        <div
          id={id}
          tabIndex={-1}
          className="absolute right-0 z-40 mt-1.5 w-max max-w-[calc(100vw-2rem)] rounded-[10px] border border-line-2 bg-raised p-3 shadow-lg max-sm:right-auto max-sm:left-0"
        >
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}

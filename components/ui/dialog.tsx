"use client";

import { type MouseEvent, type ReactNode, useLayoutEffect, useRef } from "react";

interface DialogProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly className?: string;
  readonly children: ReactNode;
}

/**
 * A dialog over the page, open while mounted. The browser's own: it keeps the focus inside, closes by
 * Escape and gives the focus back. The focus starts at `data-first-focus`, where there is one.
 */
export function Dialog({ label, onClose, className = "", children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  // Before it leaves the page: only a dialog that is still there gives the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-first-focus]")?.focus();
    return () => dialog?.close();
  }, []);
  const closeOutside = ({ target }: MouseEvent) => target === ref.current && onClose();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, by the browser
    <dialog
      ref={ref}
      aria-label={label}
      onCancel={onClose}
      onClick={closeOutside}
      className={`no-print m-auto w-full overflow-hidden rounded-xl border border-line-2 bg-raised p-0 text-ink shadow-2xl backdrop:bg-black/40 ${className}`}
    >
      {children}
    </dialog>
  );
}

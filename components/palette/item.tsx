import { Command } from "cmdk";
import type { ReactNode } from "react";

interface ItemProps {
  /** Unique in the palette. */
  readonly value: string;
  readonly icon?: ReactNode;
  readonly hint?: string;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

/** One line of the palette. */
export function Item({ value, icon, hint, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex cursor-pointer items-center gap-3 rounded-lg px-3 py-2 text-[14px] data-[selected=true]:bg-accent/12"
    >
      <span className="flex w-4 flex-none justify-center text-ink-3">{icon}</span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint && <span className="flex-none text-small text-ink-2">{hint}</span>}
    </Command.Item>
  );
}

/** Lines that belong together. */
export function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

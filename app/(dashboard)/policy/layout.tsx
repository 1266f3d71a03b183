import type { ReactNode } from "react";
import { Tabs } from "#components/ui/tabs.tsx";

const TABS = [
  { href: "/policy", label: "In force" },
  { href: "/policy/exceptions", label: "Exceptions" },
  { href: "/policy/gate", label: "Gate log" },
] as const;

/** What stands around the pages about policy. Each page has a door of its own. */
export default function PolicyLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <Tabs label="Policy" tabs={TABS} />
      {children}
    </>
  );
}

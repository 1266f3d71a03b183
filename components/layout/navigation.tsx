"use client";

import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { NavigationView } from "#components/layout/navigation-view.ts";
import { teamPath } from "#components/layout/paths.ts";
import { STATE_WORD, StateShape } from "#components/slo/state-mark.tsx";

interface NavigationProps {
  /** Null until it is known: the frame stands, the figures are missing. */
  readonly view: NavigationView | null;
}

/** Where one can go: pages, then teams with their worst state. */
export function Navigation({ view }: NavigationProps) {
  return (
    <nav aria-label="Main" className="flex flex-col gap-0.5">
      <Item href="/" label="Fleet">
        {view ? <Figure value={view.fleet} unit="SLOs" /> : null}
      </Item>
      <Item href="/dora" label="Delivery" />
      <Item href="/deployments" label="Deployments" />
      <Item href="/incidents" label="Incidents" />
      <Item href="/policy" label="Policy" />
      <Item href="/sources" label="Sources">
        {view ? <SourcesMark view={view} /> : null}
      </Item>
      <Item href="/editor" label="Write an SLO" />
      <Item href="/settings" label="Settings" />
      {view && view.teams.length > 0 ? <Teams teams={view.teams} /> : null}
    </nav>
  );
}

function Teams({ teams }: Pick<NavigationView, "teams">) {
  return (
    <>
      <h2 className="mx-2.5 mt-4 mb-1 text-[11.5px] font-normal text-ink-3">Teams</h2>
      {teams.map(({ name, worst }) => (
        <Item key={name} href={teamPath(name)} label={name}>
          <StateShape state={worst} label={STATE_WORD[worst]} />
        </Item>
      ))}
    </>
  );
}

interface ItemProps {
  readonly href: string;
  readonly label: string;
  readonly children?: ReactNode;
}

function Item({ href, label, children }: ItemProps) {
  const path = usePathname();
  const current = path === href || (href !== "/" && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className="flex items-center justify-between gap-3 rounded-[7px] px-2.5 py-[7px] text-ink-2 hover:text-ink aria-[current]:bg-accent/11 aria-[current]:font-[560] aria-[current]:text-ink max-md:py-2.5"
    >
      <span className="truncate">{label}</span>
      {children}
    </Link>
  );
}

function Figure({ value, unit }: { value: number; unit: string }) {
  return (
    <span className="text-small font-normal text-ink-2">
      {value}
      <span className="sr-only"> {unit}</span>
    </span>
  );
}

/** Quiet while all is well. */
function SourcesMark({ view: { troubled, brokenDocuments } }: { view: NavigationView }) {
  if (troubled.length + brokenDocuments === 0) return null;
  const words = [
    troubled.length > 0 ? `trouble with ${troubled.join(", ")}` : "",
    brokenDocuments > 0 ? `${brokenDocuments} documents with errors` : "",
  ];
  const label = words.filter((word) => word !== "").join("; ");
  return (
    <span title={label} className="text-risk">
      <TriangleAlert size={15} strokeWidth={1.9} role="img" aria-label={label} />
    </span>
  );
}

import type { ReactNode } from "react";
import type { SessionView } from "#components/settings/account/view.ts";
import { Tag } from "#components/settings/row-parts.tsx";
import { Time } from "#components/ui/time.tsx";

interface SessionLineProps {
  readonly session: SessionView;
  /** Ends it. */
  readonly children: ReactNode;
}

/** A browser at which one is signed in. */
export function SessionLine({ session, children }: SessionLineProps) {
  const { browser, address, signedInAt, lastUsedAt, expiresAt, current } = session;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-t border-line px-4 py-2.5 text-[13px]">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-[560]">{browser}</span>
        {current && <Tag>this one</Tag>}
        <span className="block text-ink-2">
          {address === null ? "address not known" : `from ${address}`}; last used{" "}
          <Time at={lastUsedAt} show="relative" />
        </span>
        <span className="block text-small text-ink-3">
          signed in <Time at={signedInAt} />, until <Time at={expiresAt} />
        </span>
      </span>
      {children}
    </li>
  );
}

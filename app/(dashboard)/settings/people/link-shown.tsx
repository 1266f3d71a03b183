"use client";

import type { ReactNode } from "react";
import type { LinkAnswer } from "#app/_data/settings/people/shapes.ts";
import { ShownOnce } from "#components/ui/shown-once.tsx";
import { Time } from "#components/ui/time.tsx";

interface LinkShownProps {
  readonly title: string;
  readonly made: LinkAnswer;
  /** What to do with it. */
  readonly children: ReactNode;
  readonly onDone: () => void;
}

/** A link just made, with until when it works. */
export function LinkShown({ title, made, children, onDone }: LinkShownProps) {
  return (
    <div className="p-3">
      <ShownOnce title={title} label="Link, shown this once" secret={made.link} onDone={onDone}>
        {children} It works once, until <Time at={made.expiresAt} />.
      </ShownOnce>
    </div>
  );
}

import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

interface MissingProps {
  /** "There is no such incident" */
  readonly title: string;
  /** What may have happened to the link. */
  readonly why?: ReactNode;
  /** Where every one that is known stands. */
  readonly list: { readonly href: string; readonly name: string };
}

/** A link that leads to nothing known here, and where to look instead. */
export function Missing({ title, why = "Its link may have been cut short.", list }: MissingProps) {
  return (
    <Card>
      <Empty isPage title={title}>
        {why}{" "}
        <Link href={list.href} className="prose-link text-ink">
          {list.name}
        </Link>{" "}
        has every one that is known.
      </Empty>
    </Card>
  );
}

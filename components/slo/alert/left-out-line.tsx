import type { ReactNode } from "react";
import type { LeftOut } from "#components/slo/alert/view.ts";
import { Time } from "#components/ui/time.tsx";
import { times } from "#lib/format/numbers.ts";

interface LeftOutLineProps {
  readonly leftOut: LeftOut;
  /** Leads to the numbers with everything counted. */
  readonly link: ReactNode;
}

const MOST = 2;

/** That the numbers are better than what was seen, because somebody left it out; and what they would be. */
export function LeftOutLine({ leftOut: { windows, window, burn }, link }: LeftOutLineProps) {
  const rest = windows.length - MOST;
  return (
    <p className="text-[13px] break-words">
      <b className="font-semibold text-out">Left out of these numbers: </b>
      {windows.slice(0, MOST).map(({ id, title, from, to, by }, i) => (
        <span key={`${id} ${from}`}>
          {i > 0 && "; "}
          {title}, <Time at={from} />
          {to === null ? " on" : " to "}
          {to !== null && <Time at={to} show="clock" />} (by {by})
        </span>
      ))}
      {rest > 0 && `; and ${rest} more`}. Without it the budget burns{" "}
      <b className="font-semibold">{burn === null ? "at a pace not known" : times(burn)}</b> over{" "}
      {window}. {link}
    </p>
  );
}

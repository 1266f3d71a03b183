import Link from "next/link";
import { PlimsollMark } from "#components/layout/mark.tsx";

/** Mark and name; leads home. */
export function Brand() {
  return (
    <Link
      href="/"
      className="flex items-center gap-2.5 text-[16px] font-[650] tracking-[-0.01em] text-ink"
    >
      <PlimsollMark />
      Plimsoll
    </Link>
  );
}

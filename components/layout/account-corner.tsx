import Link from "next/link";
import type { ReactNode } from "react";

interface AccountCornerProps {
  /** Null where sign-in is switched off. */
  readonly person: { readonly name: string } | null;
  readonly signOut: ReactNode;
}

/** Who one is here, and the way out. */
export function AccountCorner({ person, signOut }: AccountCornerProps) {
  if (!person) {
    return (
      <p className="text-small text-ink-3" title="Only this machine can reach this server">
        Sign-in is off
      </p>
    );
  }
  return (
    <div className="flex items-center justify-between gap-2">
      <Link href="/settings/account" className="truncate text-[13px] text-ink-2 hover:text-ink">
        {person.name}
      </Link>
      {signOut}
    </div>
  );
}

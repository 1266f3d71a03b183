"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { navigationQuery } from "#app/_data/navigation/query.ts";
import { CommandMenu } from "#app/(dashboard)/command-menu.tsx";
import { SignOut } from "#app/(dashboard)/sign-out.tsx";
import { AccountCorner } from "#components/layout/account-corner.tsx";
import { BackfillNotice } from "#components/layout/backfill-notice.tsx";
import { Frame } from "#components/layout/frame.tsx";
import { Navigation } from "#components/layout/navigation.tsx";

interface ShellProps {
  /** Null where sign-in is switched off. */
  readonly person: { readonly name: string } | null;
  readonly children: ReactNode;
}

/** What stands around every page, live. */
export function Shell({ person, children }: ShellProps) {
  const { data = null } = useQuery(navigationQuery());
  return (
    <Frame
      navigation={<Navigation view={data} />}
      notices={data?.backfill ? <BackfillNotice {...data.backfill} /> : null}
      account={<AccountCorner person={person} signOut={<SignOut />} />}
    >
      {children}
      <CommandMenu />
    </Frame>
  );
}

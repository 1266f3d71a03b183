"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { navigationQuery } from "#app/_data/navigation/query.ts";
import { CommandMenu } from "#app/(dashboard)/command-menu.tsx";
import { BackfillNotice } from "#components/layout/backfill-notice.tsx";
import { Frame } from "#components/layout/frame.tsx";
import { Navigation } from "#components/layout/navigation.tsx";

/** What stands around every page, live. */
export function Shell({ children }: { children: ReactNode }) {
  const { data = null } = useQuery(navigationQuery());
  return (
    <Frame
      navigation={<Navigation view={data} />}
      notices={data?.backfill ? <BackfillNotice {...data.backfill} /> : null}
    >
      {children}
      <CommandMenu />
    </Frame>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { useState } from "react";
import { searchQuery } from "#app/_data/search/query.ts";
import { useSettled } from "#app/(dashboard)/use-settled.ts";
import { showOverlay } from "#components/keys/overlay.ts";
import { Palette } from "#components/palette/palette.tsx";

/** The palette with what the server finds, and what choosing does. */
export default function PalettePanel({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const { data, error, isFetching } = useQuery(searchQuery(useSettled(text.trim(), 120)));
  const router = useRouter();
  const { setTheme } = useTheme();
  const go = (path: string) => {
    onClose();
    router.push(path);
  };
  const change = (theme: string) => {
    onClose();
    setTheme(theme);
  };
  return (
    <Palette
      text={text}
      onText={setText}
      found={data ?? null}
      searching={isFetching}
      problem={error?.message ?? null}
      onGo={go}
      onTheme={change}
      onHelp={() => showOverlay("help")}
      onClose={onClose}
    />
  );
}

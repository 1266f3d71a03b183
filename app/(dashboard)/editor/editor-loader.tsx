"use client";

import dynamic from "next/dynamic";
import { EditorSkeleton } from "#components/editor/skeleton.tsx";
import type { EditorStart } from "#components/editor/view.ts";

/** The editor is much code that no other page needs: it is fetched here, once the page stands. */
const EditorPanel = dynamic(() => import("#app/(dashboard)/editor/editor-panel.tsx"), {
  ssr: false,
  loading: EditorSkeleton,
});

export function EditorLoader({ start }: { start: EditorStart }) {
  return <EditorPanel start={start} />;
}

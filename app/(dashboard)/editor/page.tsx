import type { Metadata } from "next";
import { type AskedOf, single } from "#app/_data/dora/single.ts";
import { readEditorStart } from "#app/_data/editor/start.ts";
import { EditorLoader } from "#app/(dashboard)/editor/editor-loader.tsx";
import { enterPage } from "#app/access.ts";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "Write an SLO" };

/** What would this SLO say? */
export default async function EditorPage({ searchParams }: { searchParams: AskedOf }) {
  const actor = await enterPage("/editor");
  const address = single(await searchParams);
  const start = await readEditorStart((await store()).db, { actor, address });
  return (
    <div className="space-y-5">
      <header>
        <h1>{start.opened ? "Edit a document" : "Write an SLO"}</h1>
        <p className="mt-1 max-w-[80ch] text-ink-2">
          In any dialect that Plimsoll reads: plain, Sloth, OpenSLO or Pyrra. Mistakes are told as
          you type, and the budget is shown on your real history before anything is saved.
        </p>
      </header>
      <EditorLoader key={start.opened?.path ?? "new"} start={start} />
    </div>
  );
}

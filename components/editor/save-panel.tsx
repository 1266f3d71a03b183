import { useState } from "react";
import { DiffView } from "#components/editor/diff-view.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/card.tsx";

interface SavePanelProps {
  /** The name of the file, with its path where it comes from one. */
  readonly path: string;
  readonly text: string;
  /** A unified diff to the text in force; "" where nothing changed, null for a new document. */
  readonly diff: string | null;
}

/** Documents live with the code: what was written is taken from here to where they are kept. */
export function SavePanel({ path, text, diff }: SavePanelProps) {
  const [said, setSaid] = useState("");
  const copy = async (what: string, content: string) => {
    try {
      await navigator.clipboard.writeText(content);
      setSaid(`${what} copied.`);
    } catch {
      setSaid("The browser does not let us copy; use the download.");
    }
  };
  const file = path.split("/").at(-1) ?? path;
  return (
    <Section title="Save" className="pb-4">
      <div className="space-y-3 px-4">
        <p className="text-ink-2">{wayOf(path, diff)}</p>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => copy("The document", text)}>Copy the document</Button>
          <Button onClick={() => download(file, text)}>Download {file}</Button>
          {diff && (
            <>
              <Button onClick={() => copy("The diff", diff)}>Copy the diff</Button>
              <Button onClick={() => download(`${file}.patch`, diff)}>Download the diff</Button>
            </>
          )}
        </div>
        <p role="status" className="min-h-[1.45em] text-small text-ink-3">
          {said}
        </p>
      </div>
      {diff && <DiffView path={path} diff={diff} />}
    </Section>
  );
}

function wayOf(path: string, diff: string | null): string {
  if (diff === null)
    return `Plimsoll never writes documents: put this one beside your others, for example as ${path}, and it counts within a minute.`;
  if (diff === "") return `This is ${path} as it is in force: nothing to save.`;
  return `Plimsoll never writes documents: change ${path} where it is kept, by the file or by the diff (git apply), and it counts within a minute.`;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

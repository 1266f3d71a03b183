import Link from "next/link";
import type { WrittenDocument } from "#app/(dashboard)/editor/use-document.ts";
import type { EditorStart } from "#components/editor/view.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";

interface EditorNoticesProps {
  readonly start: EditorStart;
  readonly written: WrittenDocument;
}

/** What concerns the whole text: whose it is, and what became of it. */
export function EditorNotices({ start, written }: EditorNoticesProps) {
  const { opened, unknown } = start;
  const isDraft = written.draft.restored && written.text !== written.original;
  // Of a new document another example is no change of anybody's.
  const isOutdated = opened !== null && written.draft.outdated;
  return (
    <div className="space-y-3 empty:hidden">
      {unknown !== null && (
        <Banner tone="warning">
          There is no SLO {unknown} in force, so this is a new document. The{" "}
          <Link href="/" className="prose-link">
            fleet
          </Link>{" "}
          lists those there are.
        </Banner>
      )}
      {opened?.broken && (
        <Banner tone="warning">
          The file {opened.path} has errors now. This is its last text without any, which is still
          in force;{" "}
          <Link href="/sources" className="prose-link">
            Sources
          </Link>{" "}
          lists the errors.
        </Banner>
      )}
      {isDraft && (
        <Banner tone={isOutdated ? "warning" : "quiet"}>
          <span className="flex flex-wrap items-center justify-between gap-2">
            What you had written in this tab is back; it is not saved.
            {isOutdated && CHANGED_SINCE}
            <Button onClick={() => written.replace(written.original)}>Begin anew</Button>
          </span>
        </Banner>
      )}
    </div>
  );
}

const CHANGED_SINCE =
  " The document has been changed since you began: the diff would undo that change, too. Begin anew, or take it over into your text first.";

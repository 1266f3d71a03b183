import { EditorSkeleton } from "#components/editor/skeleton.tsx";

/** The place of the editor while its document is read. */
export default function Loading() {
  return (
    <div className="space-y-5">
      <h1>Write an SLO</h1>
      <EditorSkeleton />
    </div>
  );
}

"use client";

import { doneAnswer } from "#app/_data/settings/people/shapes.ts";
import { editorPath } from "#app/(dashboard)/settings/teams/editor-path.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import type { EditorView } from "#components/settings/teams/view.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

interface RemoveEditorProps {
  readonly team: string;
  readonly editor: EditorView;
}

/** Takes back what no group would give again. */
export function RemoveEditor({ team, editor }: RemoveEditorProps) {
  const { send, pending, problem } = useChange(doneAnswer);
  const remove = async () =>
    (await send({ method: "DELETE", path: editorPath(team, editor.personId) })) !== null;
  return (
    <ConfirmButton
      label="Remove"
      title={`Remove ${editor.name} as an editor of ${team}`}
      onConfirm={remove}
      pending={pending}
      problem={problem}
    >
      {editor.staysByGroup
        ? "They stay an editor through their group of the sign-in provider."
        : "They keep seeing every number, and no longer change what belongs to this team."}
    </ConfirmButton>
  );
}

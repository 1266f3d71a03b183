"use client";

import { doneAnswer } from "#app/_data/settings/people/shapes.ts";
import { editorPath } from "#app/(dashboard)/settings/teams/editor-path.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { EditorForm } from "#components/settings/teams/editor-form.tsx";
import type { Candidate, TeamView } from "#components/settings/teams/view.ts";

interface AddEditorProps {
  readonly team: TeamView;
  readonly candidates: readonly Candidate[];
}

/** Adds an editor by hand. Those there already by a group may be added too: the group may go. */
export function AddEditor({ team, candidates }: AddEditorProps) {
  const { send, pending, problem } = useChange(doneAnswer);
  const there = new Set(team.editors.flatMap((e) => (e.byHand ? [e.personId] : [])));
  const others = candidates.filter(({ id }) => !there.has(id));
  if (others.length === 0) return null;
  return (
    <EditorForm
      team={team.name}
      candidates={others}
      pending={pending}
      problem={problem}
      onAdd={(personId) => send({ method: "PUT", path: editorPath(team.name, personId) })}
    />
  );
}

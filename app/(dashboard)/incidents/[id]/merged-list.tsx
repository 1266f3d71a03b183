"use client";

import { useEdit } from "#app/(dashboard)/incidents/[id]/use-edit.ts";
import type { MergedView } from "#components/incidents/view.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { Time } from "#components/ui/time.tsx";

interface MergedListProps {
  readonly merged: readonly MergedView[];
  readonly mayEdit: boolean;
}

/** What turned out to be this incident. */
export function MergedList({ merged, mayEdit }: MergedListProps) {
  return (
    <ul className="px-4 pb-3 text-[13px]">
      {merged.map((each) => (
        <li key={each.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1">
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {each.title}{" "}
            <span className="text-small text-ink-3">
              {each.service}, <Time at={each.startedAt} />
            </span>
          </span>
          {mayEdit && (
            <span className="ml-auto">
              <Separate merged={each} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Separate({ merged }: { merged: MergedView }) {
  const { put, pending, problem } = useEdit(merged);
  return (
    <ConfirmButton
      label="Separate"
      title={`Separate “${merged.title}”`}
      tone="plain"
      onConfirm={() => put("merge", { into: null })}
      {...{ pending, problem }}
    >
      It becomes an incident of its own again, and is counted as one.
    </ConfirmButton>
  );
}

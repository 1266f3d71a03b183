"use client";

import { useState } from "react";
import { doneAnswer } from "#app/_data/settings/people/shapes.ts";
import { ActionForm } from "#app/(dashboard)/dora/reviews/[month]/action-form.tsx";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { monthName } from "#components/dora/month-name.ts";
import type { ReviewAction } from "#components/reviews/view.ts";
import { Button } from "#components/ui/button.tsx";
import { ProblemLine } from "#components/ui/problem-line.tsx";

interface ActionItemProps {
  readonly action: ReviewAction;
  /** Of the review that it is shown on. */
  readonly month: string;
  readonly team: string;
  readonly mayEdit: boolean;
}

export function ActionItem({ action, month, team, mayEdit }: ActionItemProps) {
  const { send, pending, problem } = useChange(doneAnswer);
  const [editing, setEditing] = useState(false);
  const isDone = action.doneAt !== null;
  const change = (changed: object) => {
    const path = `/api/reviews/${month}/actions/${action.id}`;
    return send({ method: "PATCH", path, body: { team, ...changed } });
  };
  return (
    <li className="break-inside-avoid border-t border-line px-4 py-2">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <Words action={action} month={month} />
        {mayEdit && !editing && (
          <span className="no-print flex gap-2">
            <Button
              aria-label={`${isDone ? "Open again" : "Done"}: ${action.text}`}
              disabled={pending}
              onClick={() => change({ done: !isDone })}
            >
              {isDone ? "Open again" : "Done"}
            </Button>
            <Button aria-label={`Edit: ${action.text}`} onClick={() => setEditing(true)}>
              Edit
            </Button>
          </span>
        )}
      </div>
      {editing ? (
        <ActionForm
          {...{ action, pending, problem }}
          label="Save"
          onAsk={async (words) => {
            if (await change(words)) setEditing(false);
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <ProblemLine problem={pending ? null : problem} />
      )}
    </li>
  );
}

function Words({ action, month }: { action: ReviewAction; month: string }) {
  const { text, owner, due, doneAt, doneBy, isLate } = action;
  return (
    <div className="min-w-0 [overflow-wrap:anywhere]">
      <p className={doneAt === null ? "" : "text-ink-3 line-through"}>{text}</p>
      <p className="text-small text-ink-3">
        {doneAt === null ? "Open" : `Done, said ${doneBy}`}
        {owner && `; ${owner}`}
        {due && <span className={isLate ? "text-out" : ""}>; due {due}</span>}
        {isLate && <span className="text-out">, late</span>}
        {action.month !== month && `; from ${monthName(action.month)}`}
      </p>
    </div>
  );
}

"use client";

import { useEdit } from "#app/(dashboard)/incidents/[id]/use-edit.ts";
import type { IncidentView, ToldField } from "#components/incidents/view.ts";
import { FIELD_WORD, ORIGIN_WORD } from "#components/incidents/words.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

/** What a person has set instead of the source, and handing it back. */
export function HandBack({ view }: { view: IncidentView }) {
  if (view.byHand.length === 0) return null;
  return (
    <div className="border-t border-line px-4 py-3 text-[13px]">
      <p className="text-ink-2">Set by hand, so {ORIGIN_WORD[view.origin]} changes it no more:</p>
      <ul>
        {view.byHand.map((field) => (
          <li key={field} className="flex flex-wrap items-center justify-between gap-2 py-1">
            {FIELD_WORD[field]}
            {view.choices && <Give view={view} field={field} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Give({ view, field }: { view: IncidentView; field: ToldField }) {
  const { edit, pending, problem } = useEdit(view);
  return (
    <ConfirmButton
      label="Hand back"
      title={`Hand back the ${FIELD_WORD[field]}`}
      tone="plain"
      onConfirm={() => edit({ handBack: field })}
      {...{ pending, problem }}
    >
      It becomes what {ORIGIN_WORD[view.origin]} said last, and follows it from then on.
    </ConfirmButton>
  );
}

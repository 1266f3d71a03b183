"use client";

import { endedAnswer } from "#app/_data/settings/account/shapes.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { SessionLine } from "#components/settings/account/session-line.tsx";
import type { SessionView } from "#components/settings/account/view.ts";
import { Section } from "#components/ui/card.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

const PATH = "/api/settings/account/sessions";

/** Where one is signed in; any but this one can be ended here. */
export function SessionsPanel({ sessions }: { sessions: readonly SessionView[] }) {
  return (
    <Section title="Signed in at" aside={sessions.length > 1 && <EndOthers />}>
      <ul>
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session}>
            {!session.current && <EndSession session={session} />}
          </SessionLine>
        ))}
      </ul>
    </Section>
  );
}

function EndSession({ session }: { session: SessionView }) {
  const { end, ...state } = useEnding(`${PATH}/${session.id}`);
  return (
    <ConfirmButton
      label="End"
      title={`End the session of ${session.browser}`}
      onConfirm={end}
      {...state}
    >
      Whoever uses that browser has to sign in again.
    </ConfirmButton>
  );
}

function EndOthers() {
  const { end, ...state } = useEnding(`${PATH}/others`);
  return (
    <ConfirmButton label="End all others" title="End all other sessions" onConfirm={end} {...state}>
      Every browser but this one has to sign in again.
    </ConfirmButton>
  );
}

function useEnding(path: string) {
  const { send, pending, problem } = useChange(endedAnswer);
  const end = async () => (await send({ method: "DELETE", path })) !== null;
  return { end, pending, problem };
}

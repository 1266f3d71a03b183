"use client";

import type { TeamChoices } from "#app/_data/settings/receivers/view.ts";
import { CheckField, CheckGroup } from "#components/ui/check-field.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { type FormProblem, fieldProblem } from "#components/ui/form-problem.ts";
import { useZone } from "#components/ui/time.tsx";
import { KIND_WORDS, NOTICE_KINDS } from "#lib/notices/kinds.ts";
import type { NoticeKind } from "#lib/notices/notice.ts";
import type { QuietHours } from "#lib/notices/quiet.ts";

interface ReceiverFieldsProps {
  readonly choices: TeamChoices;
  readonly problem: FormProblem | null;
  /** What is so now; null of a new one. */
  readonly now: {
    readonly name: string;
    readonly host: string;
    readonly team: string | null;
    readonly kinds: readonly NoticeKind[];
    readonly quietHours: QuietHours | null;
  } | null;
}

/** What a receiver is called, where it is, and what it hears of. */
export function ReceiverFields({ choices, problem, now }: ReceiverFieldsProps) {
  const wrong = (field: string) => fieldProblem(problem, field);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          name="name"
          placeholder="payments channel"
          required
          maxLength={60}
          autoComplete="off"
          defaultValue={now?.name}
          problem={wrong("name")}
        />
        <SelectField
          label="Team"
          name="team"
          defaultValue={now?.team ?? ""}
          problem={wrong("team")}
        >
          {choices.allTeams && <option value="">All teams</option>}
          {choices.teams.map((team) => (
            <option key={team}>{team}</option>
          ))}
        </SelectField>
      </div>
      <TextField
        label="Address"
        name="url"
        type="url"
        placeholder="https://"
        required={now === null}
        maxLength={2_000}
        autoComplete="off"
        hint={
          now
            ? `It is at ${now.host}. Leave empty to keep it.`
            : "It is kept sealed and not shown again."
        }
        problem={wrong("url")}
      />
      <CheckGroup legend="Tell of" hint="None ticked: everything." problem={wrong("kinds")}>
        {NOTICE_KINDS.map((kind) => (
          <CheckField
            key={kind}
            name="kinds"
            value={kind}
            label={KIND_WORDS[kind]}
            defaultChecked={now?.kinds.includes(kind)}
          />
        ))}
      </CheckGroup>
      <Quiet now={now?.quietHours ?? null} problem={wrong("quietHours")} />
    </>
  );
}

interface QuietProps {
  readonly now: QuietHours | null;
  readonly problem: string | undefined;
}

function Quiet({ now, problem }: QuietProps) {
  const zone = useZone();
  return (
    <fieldset className="min-w-0">
      <legend className="text-[13px] font-[560]">Quiet hours</legend>
      <p className="text-small text-ink-3">
        Only pages and blocks get through; the rest waits until they end. Empty: none.
      </p>
      <div className="mt-1.5 grid grid-cols-2 gap-4 sm:grid-cols-3">
        <TextField label="From" name="from" type="time" defaultValue={now?.from} />
        <TextField label="To" name="to" type="time" defaultValue={now?.to} />
        <TextField
          key={zone}
          label="Time zone"
          name="zone"
          autoComplete="off"
          defaultValue={now?.zone ?? zone}
        />
      </div>
      {problem && <p className="mt-1 text-small text-out">{problem}</p>}
    </fieldset>
  );
}

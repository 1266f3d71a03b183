"use client";

import { useState } from "react";
import type { AskView } from "#components/policy/view.ts";
import { NEED_HINT, NEED_WORD } from "#components/policy/words.ts";
import { SelectField, TextArea, TextField } from "#components/ui/field.tsx";
import { type FormProblem, fieldProblem } from "#components/ui/form-problem.ts";
import { EXCEPTION_NEEDS, MAX_EXCEPTION_MS } from "#lib/policy/exception.ts";
import { DAY } from "#lib/time/duration.ts";

interface FieldsProps {
  readonly view: AskView;
  readonly problem: FormProblem | null;
}

/** For what: a service, one of its SLOs or all, one environment or all. */
export function ScopeFields({ view: { services, given }, problem }: FieldsProps) {
  const names = services.map(({ service }) => service);
  const [chosen, setChosen] = useState(names.includes(given.service) ? given.service : "");
  const of = services.find(({ service }) => service === chosen);
  const slos = of?.slos ?? [];
  const environments = of?.environments ?? ["production"];
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <SelectField
        label="Service"
        name="service"
        required
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
        problem={fieldProblem(problem, "service")}
      >
        <option value="">Choose one</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
      <SelectField
        key={chosen}
        label="SLO"
        name="slo"
        defaultValue={slos.includes(given.slo) ? given.slo : ""}
        problem={fieldProblem(problem, "slo")}
      >
        <option value="">Every SLO</option>
        {slos.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
      <SelectField
        key={`in ${chosen}`}
        label="Environment"
        name="environment"
        defaultValue={given.environment}
        problem={fieldProblem(problem, "environment")}
      >
        <option value="">Every environment</option>
        {[...new Set([...environments, given.environment])].filter(Boolean).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
    </div>
  );
}

/** Why, what may go wrong, what is done about that, and until when. */
export function WhyFields({ view: { given, readAt }, problem }: FieldsProps) {
  const area = (name: "justification" | "risk" | "mitigations") => ({
    ...{ name, required: true, rows: 3, maxLength: 4000 },
    ...{ defaultValue: given[name], problem: fieldProblem(problem, name) },
  });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Need"
          hint="P0 and security fixes need none where the policy exempts them: the gate lets them through with --change p0 or --change security. Like needs are counted."
          name="need"
          required
          defaultValue={given.need}
          problem={fieldProblem(problem, "need")}
        >
          <option value="">Choose one</option>
          {EXCEPTION_NEEDS.map((need) => (
            <option key={need} value={need}>
              {NEED_WORD[need]}: {NEED_HINT[need]}
            </option>
          ))}
        </SelectField>
        <TextField
          type="date"
          label="Last day"
          hint="At most 90 days from now. It ends by itself, with a notice a week before."
          name="lastDay"
          required
          min={dayOf(readAt)}
          max={dayOf(readAt + MAX_EXCEPTION_MS - DAY)}
          defaultValue={dayOf(readAt + 14 * DAY)}
          problem={fieldProblem(problem, "expiresAt")}
        />
      </div>
      <TextArea label="Justification" hint="Why can it not wait?" {...area("justification")} />
      <TextArea
        label="Risk"
        hint="What may go wrong, for whom, and how likely is it?"
        {...area("risk")}
      />
      <TextArea
        label="Mitigations"
        hint="What limits it: a flag, a slow rollout, somebody who watches, a way back."
        {...area("mitigations")}
      />
    </>
  );
}

/** A day of UTC, as the field has it: the same on the server and in the browser. */
function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

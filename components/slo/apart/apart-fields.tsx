import { useState } from "react";
import { TimeField } from "#components/incidents/time-field.tsx";
import type { ApartLine } from "#components/slo/apart/view.ts";
import { SelectField, TextArea, TextField } from "#components/ui/field.tsx";
import { type FormProblem, fieldProblem } from "#components/ui/form-problem.ts";

interface FieldsProps {
  readonly problem: FormProblem | null;
}

interface WordsProps extends FieldsProps {
  readonly line?: Pick<ApartLine, "title" | "reason">;
}

/** What it is, and why: people read it beside the number. */
export function WordFields({ line, problem }: WordsProps) {
  return (
    <>
      <TextField
        label="Title"
        name="title"
        data-first-focus
        required
        maxLength={300}
        autoComplete="off"
        spellCheck
        defaultValue={line?.title}
        placeholder="What is done"
        problem={fieldProblem(problem, "title")}
      />
      <TextArea
        label="Reason"
        name="reason"
        required
        maxLength={2000}
        rows={2}
        spellCheck
        defaultValue={line?.reason}
        placeholder="Why, and who was told"
        problem={fieldProblem(problem, "reason")}
      />
    </>
  );
}

interface TimesProps extends FieldsProps {
  /** Epoch ms; null leaves the end empty. */
  readonly from: number;
  readonly to: number | null;
}

/** From when to when. */
export function SpanFields({ from, to, problem }: TimesProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TimeField
        label="Start"
        name="startsAt"
        at={from}
        required
        problem={fieldProblem(problem, "startsAt")}
      />
      <TimeField
        label="End"
        note="an experiment may leave it empty while it runs"
        name="endsAt"
        at={to}
        problem={fieldProblem(problem, "endsAt")}
      />
    </div>
  );
}

interface KindProps extends FieldsProps {
  readonly slo: string;
}

/** What it is and what it is about; and when it comes again. */
export function KindFields({ slo, problem }: KindProps) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="Kind" name="kind" problem={fieldProblem(problem, "kind")}>
          <option value="maintenance">Maintenance</option>
          <option value="experiment">Experiment (chaos, game day)</option>
        </SelectField>
        <SelectField label="Of" name="slo" problem={fieldProblem(problem, "slo")}>
          <option value="">every SLO of the service</option>
          <option value={slo}>{slo} alone</option>
        </SelectField>
      </div>
      <AgainFields problem={problem} />
    </>
  );
}

const OWN_RULE = "own";

/** When it comes again: the usual ways by name, any other as a rule of iCalendar. */
function AgainFields({ problem }: FieldsProps) {
  const [rule, setRule] = useState("");
  const wrong = fieldProblem(problem, "rrule") ?? fieldProblem(problem, "zone");
  const isOwn = rule === OWN_RULE;
  return (
    <>
      <SelectField
        label="Comes again"
        name={isOwn ? undefined : "rrule"}
        value={rule}
        onChange={(event) => setRule(event.target.value)}
        problem={isOwn ? undefined : wrong}
      >
        <option value="">no</option>
        <option value="FREQ=DAILY">every day at this time</option>
        <option value="FREQ=WEEKLY">every week on this day</option>
        <option value="FREQ=MONTHLY">every month on this day</option>
        <option value={OWN_RULE}>by a rule of its own</option>
      </SelectField>
      {isOwn && (
        <TextField
          label="Rule"
          hint="As in a calendar file (RRULE): FREQ=WEEKLY;BYDAY=TU,TH"
          name="rrule"
          required
          autoComplete="off"
          placeholder="FREQ=WEEKLY;BYDAY=SU"
          problem={wrong}
        />
      )}
    </>
  );
}

/** Whether it counts; null: as is usual for its kind. */
export function BudgetField({ excluded, problem }: FieldsProps & { excluded: boolean | null }) {
  return (
    <SelectField
      label="Budget"
      hint="As usual, maintenance is left out and an experiment is as the policy says. What is left out counts neither as good nor as bad, from the next evaluation on."
      name="excluded"
      defaultValue={excluded === null ? "" : excluded ? "yes" : "no"}
      problem={fieldProblem(problem, "excluded")}
    >
      {excluded === null && <option value="">as usual for its kind</option>}
      <option value="yes">leave it out</option>
      <option value="no">count it</option>
    </SelectField>
  );
}

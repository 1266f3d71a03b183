import { useId } from "react";
import { TimeField } from "#components/incidents/time-field.tsx";
import type { IncidentTimes, IncidentView } from "#components/incidents/view.ts";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { type FormProblem, fieldProblem } from "#components/ui/form-problem.ts";

interface FieldsProps {
  readonly problem: FormProblem | null;
}

interface WhatProps extends FieldsProps {
  readonly services: readonly string[];
  readonly service?: string;
  readonly title?: string;
  readonly severity: IncidentView["severity"];
  readonly incidentClass?: string | null;
  /** To choose from; any other may be written. */
  readonly classes: readonly string[];
}

/** Which service, what happened, how bad it is. */
export function WhatFields({ services, service, title, severity, ...rest }: WhatProps) {
  const { problem } = rest;
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
        defaultValue={title}
        placeholder="What users notice"
        problem={fieldProblem(problem, "title")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Service"
          name="service"
          defaultValue={service}
          problem={fieldProblem(problem, "service")}
        >
          {services.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </SelectField>
        <SelectField
          label="Severity"
          name="severity"
          defaultValue={severity}
          problem={fieldProblem(problem, "severity")}
        >
          <option value="SEV1">SEV1: most users, or money lost</option>
          <option value="SEV2">SEV2: many users, or a part of it</option>
          <option value="SEV3">SEV3: few users, or a way around</option>
        </SelectField>
      </div>
      <ClassField {...rest} />
    </>
  );
}

function ClassField({
  incidentClass,
  classes,
  problem,
}: Pick<WhatProps, "incidentClass" | "classes" | "problem">) {
  const list = useId();
  return (
    <>
      <TextField
        label="Class"
        name="incidentClass"
        list={list}
        maxLength={60}
        autoComplete="off"
        hint="What kind of trouble it was, so that what returns is seen"
        defaultValue={incidentClass ?? ""}
        problem={fieldProblem(problem, "incidentClass")}
      />
      <datalist id={list}>
        {classes.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </>
  );
}

interface WhenProps extends FieldsProps {
  readonly times: IncidentTimes;
}

/** The four moments. */
export function WhenFields({ times, problem }: WhenProps) {
  const of = (name: keyof IncidentTimes) => ({
    name,
    at: times[name],
    problem: fieldProblem(problem, name),
  });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TimeField label="Started" required {...of("startedAt")} />
      <TimeField label="Detected" {...of("detectedAt")} />
      <TimeField label="Mitigated" {...of("mitigatedAt")} />
      <TimeField label="Resolved" {...of("resolvedAt")} />
    </div>
  );
}

interface LinkFieldProps extends FieldsProps {
  readonly label: string;
  readonly name: "url" | "runbookUrl" | "postmortemUrl";
  readonly value: string | null;
}

/** An address of the web; nothing else becomes a link. */
export function LinkField({ label, name, value, problem }: LinkFieldProps) {
  return (
    <TextField
      label={label}
      name={name}
      type="url"
      pattern="https?://.+"
      title="An address that begins with http:// or https://"
      maxLength={2000}
      autoComplete="off"
      placeholder="https://"
      defaultValue={value ?? ""}
      problem={fieldProblem(problem, name)}
    />
  );
}

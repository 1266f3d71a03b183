import { TextField } from "#components/ui/field.tsx";
import { useZone } from "#components/ui/time.tsx";

interface TimeFieldProps {
  readonly label: string;
  readonly name: string;
  /** Epoch ms; null leaves it empty. */
  readonly at: number | null;
  /** What else there is to know of it, after the zone. */
  readonly note?: string;
  readonly problem?: string | undefined;
  readonly required?: boolean;
  readonly autoFocus?: boolean;
}

/** A moment to the minute, in the viewer's zone. Only in forms that open in the browser: the server has no zone. */
export function TimeField({ at, label, note, ...input }: TimeFieldProps) {
  const zone = useZone();
  return (
    <TextField
      type="datetime-local"
      label={label}
      hint={note ? `${zone}; ${note}` : zone}
      defaultValue={at === null ? "" : fieldOf(at)}
      {...input}
    />
  );
}

/** A moment as `datetime-local` has it, in the zone of the browser. */
export function fieldOf(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, 16);
}

/** What was written, in ISO 8601 and UTC; null for an empty field. */
export function isoOf(written: string): string | null {
  const at = written === "" ? Number.NaN : new Date(written).getTime();
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

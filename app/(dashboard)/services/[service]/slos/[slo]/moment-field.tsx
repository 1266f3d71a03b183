interface MomentFieldProps {
  readonly label: string;
  /** As `datetime-local` has it, in the viewer's zone. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A time to the minute, in the viewer's zone. */
export function MomentField({ label, value, onChange }: MomentFieldProps) {
  return (
    <label className="grid gap-1 text-small text-ink-3">
      {label}
      <input
        type="datetime-local"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="rounded-[7px] border border-line-2 bg-surface px-2 py-1 text-[13px] text-ink"
      />
    </label>
  );
}

/** The time of a `datetime-local` value, epoch ms; null while it is not one. */
export function momentOf(value: string): number | null {
  const ms = value === "" ? Number.NaN : new Date(value).getTime();
  return Number.isNaN(ms) ? null : ms;
}

/** A time as `datetime-local` wants it. */
export function fieldValue(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, 16);
}

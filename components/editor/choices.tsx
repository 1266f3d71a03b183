import { SelectField } from "#components/ui/field.tsx";

interface ChoicesProps {
  /** Names of the SLOs in the text that are right. */
  readonly slos: readonly string[];
  readonly slo: string | null;
  readonly onSlo: (slo: string) => void;
  readonly sources: readonly string[];
  readonly source: string | null;
  /** The document names the source itself. */
  readonly named: boolean;
  readonly onSource: (source: string) => void;
}

/** Which SLO of the text is shown, and on whose history; nothing where there is no choice. */
export function Choices(props: ChoicesProps) {
  const { slos, slo, onSlo, sources, source, named, onSource } = props;
  if (slos.length < 2 && sources.length < 2) return null;
  return (
    <div className="grid gap-x-4 gap-y-2 px-4 sm:grid-cols-2">
      {slos.length > 1 && (
        <SelectField label="SLO" value={slo ?? ""} onChange={({ target }) => onSlo(target.value)}>
          {slos.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
      )}
      {sources.length > 1 && (
        <SelectField
          label="Source"
          value={source ?? ""}
          disabled={named}
          hint={named ? "The document names it." : undefined}
          onChange={({ target }) => onSource(target.value)}
        >
          {sources.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
      )}
    </div>
  );
}

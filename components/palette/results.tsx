import { servicePath, sloPath, teamPath } from "#components/layout/paths.ts";
import { Group, Item } from "#components/palette/item.tsx";
import type { Found, SearchView } from "#components/palette/view.ts";
import { STATE_WORD, StateShape } from "#components/slo/state-mark.tsx";

interface ResultsProps {
  readonly found: SearchView;
  readonly text: string;
  readonly onGo: (path: string) => void;
}

/** The `value` of the line that stands first; empty when nothing was found. */
export function firstResult({ services, slos, teams }: SearchView): string {
  if (services[0]) return `Services ${services[0].name}`;
  if (slos[0]) return `slo ${slos[0].service}/${slos[0].slo}`;
  return teams[0] ? `Teams ${teams[0].name}` : "";
}

/** What the server found, each with its worst state. */
export function Results({ found, text, onGo }: ResultsProps) {
  const { slos, services, teams } = found;
  return (
    <>
      <FoundGroup heading="Services" found={services} pathOf={servicePath} onGo={onGo} />
      {slos.length > 0 && (
        <Group heading={text.trim() === "" ? "Worst SLOs now" : "SLOs"}>
          {slos.map(({ service, slo, state }) => (
            <Item
              key={`${service}/${slo}`}
              value={`slo ${service}/${slo}`}
              icon={<StateShape state={state} />}
              hint={STATE_WORD[state]}
              onSelect={() => onGo(sloPath({ service, slo }))}
            >
              <span className="text-ink-2">{service}</span> {slo}
            </Item>
          ))}
        </Group>
      )}
      <FoundGroup heading="Teams" found={teams} pathOf={teamPath} onGo={onGo} />
    </>
  );
}

interface FoundGroupProps {
  readonly heading: string;
  readonly found: readonly Found[];
  readonly pathOf: (name: string) => string;
  readonly onGo: (path: string) => void;
}

function FoundGroup({ heading, found, pathOf, onGo }: FoundGroupProps) {
  if (found.length === 0) return null;
  return (
    <Group heading={heading}>
      {found.map(({ name, worst }) => (
        <Item
          key={name}
          value={`${heading} ${name}`}
          icon={<StateShape state={worst} />}
          hint={STATE_WORD[worst]}
          onSelect={() => onGo(pathOf(name))}
        >
          {name}
        </Item>
      ))}
    </Group>
  );
}

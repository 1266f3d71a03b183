import type { Choice } from "#components/incidents/view.ts";
import { useZone } from "#components/ui/time.tsx";
import { dateTime } from "#lib/format/time.ts";

/** What can be chosen, each with its moment in the zone of the page around it. */
export function ChoiceOptions({ choices }: { choices: readonly Choice[] }) {
  const zone = useZone();
  return choices.map(({ id, label, at }) => (
    <option key={id} value={id}>
      {label}, {dateTime(at, zone)}
    </option>
  ));
}

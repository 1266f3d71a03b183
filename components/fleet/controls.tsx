"use client";

import { FilterBox } from "#components/fleet/filter-box.tsx";
import { GroupChoice } from "#components/fleet/group-choice.tsx";
import { Tallies } from "#components/fleet/tallies.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { parseFilter, withFacet } from "#lib/fleet/filter.ts";
import type { Grouping } from "#lib/fleet/group.ts";
import type { SloState } from "#lib/slo/status.ts";

interface Chosen {
  readonly filter: string;
  readonly group: Grouping | null;
}

interface FleetControlsProps {
  readonly view: Chosen;
  readonly totals: Readonly<Record<SloState, number>>;
  readonly problems: readonly string[];
  readonly onChange: (view: Chosen) => void;
}

/** What is shown: counts that filter by state, the filter box, the grouping. */
export function FleetControls({ view, totals, problems, onChange }: FleetControlsProps) {
  const { filter } = view;
  return (
    <div className="no-print mb-3.5 flex flex-col gap-3.5">
      <Tallies
        totals={totals}
        chosen={parseFilter(filter).state ?? null}
        onChoose={(state) => onChange({ ...view, filter: withFacet(filter, "state", state) })}
      />
      <div className="flex flex-wrap items-start gap-2.5">
        <FilterBox
          value={filter}
          problems={problems}
          onChange={(next) => onChange({ ...view, filter: next })}
        />
        <GroupChoice value={view.group} onChange={(group) => onChange({ ...view, group })} />
        <KeyHints />
      </div>
    </div>
  );
}

function KeyHints() {
  return (
    <span className="flex h-[34px] items-center gap-1.5 text-small text-ink-3 max-lg:hidden">
      <Kbd>/</Kbd> filter <Kbd>j</Kbd>
      <Kbd>k</Kbd> move <Kbd>?</Kbd> keys
    </span>
  );
}

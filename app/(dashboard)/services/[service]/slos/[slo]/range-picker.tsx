"use client";

import { ChevronLeft, ChevronRight, ZoomOut } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { type ChartRange, PRESETS, type Preset } from "#lib/charts/range.ts";
import { fieldValue, MomentField, momentOf } from "./moment-field.tsx";
import { Popup } from "./popup.tsx";
import type { SloUrl } from "./slo-url.ts";

interface RangePickerProps {
  readonly range: ChartRange;
  /** The SLO's own window: "30d". */
  readonly windowLabel: string;
  /** The newest time there is to show, epoch ms. */
  readonly end: number;
  readonly url: SloUrl;
}

/** Which stretch of time the charts show: usual ones, one step to either side, or from a time to a time. */
export function RangePicker({ range, windowLabel, end, url }: RangePickerProps) {
  const length = range.to - range.from;
  const move = (by: number) => {
    const to = Math.min(end, range.to + by);
    url.setSpan(to - length, to);
  };
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">Time range of the charts</legend>
      {PRESETS.filter((preset) => preset !== windowLabel).map((preset) => (
        <Button
          key={preset}
          aria-pressed={range.preset === preset}
          onClick={() => url.setPreset(preset)}
        >
          {nameOf(preset, windowLabel)}
        </Button>
      ))}
      <CustomRange range={range} url={url} />
      <Button aria-label="Earlier" title="Earlier" onClick={() => move(-length / 2)}>
        <ChevronLeft size={15} aria-hidden="true" />
      </Button>
      <Button
        aria-label="Later"
        title="Later"
        disabled={range.to >= end}
        onClick={() => move(length / 2)}
      >
        <ChevronRight size={15} aria-hidden="true" />
      </Button>
      {range.preset === null && (
        <Button onClick={() => url.setSpan(range.from - length, Math.min(end, range.to + length))}>
          <ZoomOut size={14} aria-hidden="true" />
          Zoom out
        </Button>
      )}
    </fieldset>
  );
}

/** "window" is spelt as the window itself. */
function nameOf(preset: Preset, windowLabel: string): string {
  return (preset === "window" ? windowLabel : preset).replace(/(\d)([a-z])/g, "$1 $2");
}

function CustomRange({ range, url }: Pick<RangePickerProps, "range" | "url">) {
  const [from, setFrom] = useState(() => fieldValue(range.from));
  const [to, setTo] = useState(() => fieldValue(range.to));
  const start = momentOf(from);
  const stop = momentOf(to);
  const usable = start !== null && stop !== null && stop - start >= 300_000;
  return (
    <Popup label="From … to" pressed={range.preset === null}>
      {(close) => (
        <form
          className="grid gap-2.5"
          onSubmit={(event) => {
            event.preventDefault();
            if (!usable) return;
            url.setSpan(start, stop);
            close();
          }}
        >
          <MomentField label="From" value={from} onChange={setFrom} />
          <MomentField label="To" value={to} onChange={setTo} />
          {!usable && (
            <p className="text-small text-ink-3">At least five minutes, the earlier time first.</p>
          )}
          <Button type="submit" disabled={!usable}>
            Show
          </Button>
        </form>
      )}
    </Popup>
  );
}

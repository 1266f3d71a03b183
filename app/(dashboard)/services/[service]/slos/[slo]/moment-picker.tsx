"use client";

import { History } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { MomentField, momentOf } from "./moment-field.tsx";
import { Popup } from "./popup.tsx";

interface MomentPickerProps {
  /** The moment that is shown, epoch ms; null = now. */
  readonly at: number | null;
  readonly onPick: (at: number | null) => void;
}

/** Goes back to an earlier moment, and to now. */
export function MomentPicker({ at, onPick }: MomentPickerProps) {
  const [text, setText] = useState("");
  const moment = momentOf(text);
  const usable = moment !== null && moment < Date.now();
  return (
    <Popup
      label={
        <>
          <History size={14} aria-hidden="true" />
          {at === null ? "As of now" : "As of an earlier time"}
        </>
      }
    >
      {(close) => (
        <form
          className="grid gap-2.5"
          onSubmit={(event) => {
            event.preventDefault();
            if (!usable) return;
            onPick(moment);
            close();
          }}
        >
          <MomentField label="Show this SLO as it was on" value={text} onChange={setText} />
          <div className="flex gap-2">
            <Button type="submit" disabled={!usable}>
              Go there
            </Button>
            {at !== null && (
              <Button
                onClick={() => {
                  onPick(null);
                  close();
                }}
              >
                Back to now
              </Button>
            )}
          </div>
        </form>
      )}
    </Popup>
  );
}

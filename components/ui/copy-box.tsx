"use client";

import { useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";

interface CopyBoxProps {
  /** What the text is: "Invitation link". */
  readonly label: string;
  readonly text: string;
  /** Takes the focus when it appears: for what is shown once. */
  readonly focus?: boolean;
}

/** A line that is there to be copied. Where the browser forbids copying, it is selected instead. */
export function CopyBox({ label, text, focus = false }: CopyBoxProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied.");
    } catch {
      setSaid("Selected: copy it with your keyboard.");
    }
  };
  return (
    <div>
      <label htmlFor={id} className="text-[13px] font-[560]">
        {label}
      </label>
      <div className="mt-1 flex gap-2">
        <input
          ref={field}
          id={id}
          readOnly
          value={text}
          // biome-ignore lint/a11y/noAutofocus: it answers what was just pressed, and is shown once
          autoFocus={focus}
          onFocus={({ target }) => target.select()}
          className="min-w-0 flex-1 rounded-[7px] border border-line-2 bg-bg px-2.5 py-1.5 font-mono text-[12.5px]"
        />
        <Button onClick={copy}>Copy</Button>
      </div>
      <p role="status" className="mt-1 min-h-[1.45em] text-small text-ink-3">
        {said}
      </p>
    </div>
  );
}

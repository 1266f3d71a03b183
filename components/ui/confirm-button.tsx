"use client";

import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { FormProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface ConfirmButtonProps {
  /** On the button: "Disable". */
  readonly label: string;
  /** The same with its object, for those who hear the page: "Disable Ada Byron". */
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** True when it is done; false leaves the dialog open with the problem. */
  readonly onConfirm: () => Promise<boolean>;
  readonly problem: FormProblem | null;
  readonly pending: boolean;
  readonly tone?: "plain" | "danger";
}

/** A button that asks before it acts. Escape and "Cancel" leave everything as it is. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const own = button.current;
    return () => handFocusOn(own);
  }, []);
  return (
    <>
      <Button
        ref={button}
        aria-haspopup="dialog"
        aria-label={nameOf(props)}
        onClick={() => setOpen(true)}
      >
        {props.label}
      </Button>
      {open && <Confirmation {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A button that goes with what it took away leaves the keyboard in the page, not at its very top. */
function handFocusOn(button: HTMLButtonElement | null): void {
  if (button && button === document.activeElement) document.getElementById("content")?.focus();
}

/** A name that is heard must hold the words that are seen. */
function nameOf({ label, title }: ConfirmButtonProps): string {
  return title.startsWith(label) ? title : `${label}: ${title}`;
}

function Confirmation({
  label,
  title,
  children,
  onConfirm,
  problem,
  pending,
  tone = "danger",
  onClose,
}: ConfirmButtonProps & { onClose: () => void }) {
  const [tried, setTried] = useState(false);
  const id = useId();
  const confirm = async () => {
    setTried(true);
    if (await onConfirm()) onClose();
  };
  return (
    <Dialog label={`${title}?`} onClose={onClose} className="max-w-[440px]">
      <div className="space-y-3 px-5 pt-4 pb-5">
        <h2 className="text-[15px] [overflow-wrap:anywhere]">{title}?</h2>
        <div id={id} className="text-[13px] text-ink-2">
          {children}
        </div>
        <ProblemLine problem={tried && !pending ? problem : null} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button data-first-focus aria-describedby={id} onClick={onClose}>
            Cancel
          </Button>
          <SubmitButton type="button" tone={tone} disabled={pending} onClick={confirm}>
            {label}
          </SubmitButton>
        </div>
      </div>
    </Dialog>
  );
}

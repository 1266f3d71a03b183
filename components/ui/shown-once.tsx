import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyBox } from "#components/ui/copy-box.tsx";

interface ShownOnceProps {
  readonly title: string;
  /** What the secret is: "Invitation link". */
  readonly label: string;
  readonly secret: string;
  /** What to do with it, and until when. */
  readonly children: ReactNode;
  readonly onDone: () => void;
}

/** A secret just made. It cannot be shown again, so it stays until it is put away. */
export function ShownOnce({ title, label, secret, children, onDone }: ShownOnceProps) {
  return (
    <section
      aria-label={title}
      className="space-y-2 rounded-[10px] border border-accent/60 bg-accent/6 px-4 py-3.5"
    >
      <h3 className="font-[620]">{title}</h3>
      <div className="text-[13px] text-ink-2">{children}</div>
      <CopyBox label={label} text={secret} focus />
      <Button onClick={onDone}>I have it: put it away</Button>
    </section>
  );
}

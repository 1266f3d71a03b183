import Link from "next/link";
import { GateList } from "#components/policy/gate-list.tsx";
import type { GateLine } from "#components/policy/view.ts";
import { Section } from "#components/ui/card.tsx";

interface GateSectionProps {
  readonly lines: readonly GateLine[];
  readonly all: string;
}

/** The newest answers of the gate; or how it is asked. */
export function GateSection({ lines, all }: GateSectionProps) {
  return (
    <Section
      title="What the gate answered"
      aside={
        <Link href={all} className="prose-link text-small text-ink-2">
          Gate log
        </Link>
      }
    >
      {lines.length > 0 ? (
        <GateList lines={lines} />
      ) : (
        <p className="border-t border-line px-4 py-3 text-[13px] text-ink-3">
          Nobody has asked yet whether a deployment may go. A pipeline asks with{" "}
          <code className="font-mono text-[12.5px]">plimsoll gate</code>.
        </p>
      )}
    </Section>
  );
}

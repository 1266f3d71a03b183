import Link from "next/link";
import type { ReactNode } from "react";
import type { StoryEntry } from "#components/incidents/view.ts";
import { deploymentPath, sloPath } from "#components/layout/paths.ts";
import { Time } from "#components/ui/time.tsx";

interface StoryProps {
  readonly service: string;
  readonly story: readonly StoryEntry[];
}

/** What happened around an incident, oldest first. */
export function Story({ service, story }: StoryProps) {
  return (
    <ol className="px-4 pb-3">
      {story.map((entry, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no ids, and are drawn anew as a whole
        <li key={i} className="grid gap-x-4 border-t border-line py-2 sm:grid-cols-[7.5rem_1fr]">
          <span className="text-small leading-[1.6] text-ink-3">
            <Time at={entry.at} />
          </span>
          <div className="min-w-0 text-[13px] [overflow-wrap:anywhere]">
            <span className="mr-2 inline-block text-small text-ink-3 sm:w-[5.5rem]">
              {kindOf(entry)}
            </span>
            <Entry entry={entry} service={service} />
          </div>
        </li>
      ))}
    </ol>
  );
}

const KIND_WORD: Readonly<Record<StoryEntry["kind"], string>> = {
  milestone: "Incident",
  note: "Note",
  alert: "Burn alert",
  outside: "Alert outside",
  deployment: "Deployment",
  policy: "Policy",
};

/** What became of the incident is no note of anybody's. */
function kindOf(entry: StoryEntry): string {
  const isOwn = entry.kind === "note" && !entry.isWritten;
  return KIND_WORD[isOwn ? "milestone" : entry.kind];
}

function Entry({ entry, service }: { entry: StoryEntry; service: string }): ReactNode {
  switch (entry.kind) {
    case "milestone":
      return <strong className="font-[620]">{entry.text}</strong>;
    case "note":
      return <Note entry={entry} />;
    case "outside":
      return (
        <>
          <Outside entry={entry} service={service} />{" "}
          {entry.turn === "began" ? "fired" : "was over"}
        </>
      );
    case "alert":
      return (
        <>
          {entry.tier} of <Slo service={service} slo={entry.slo} />{" "}
          {entry.turn === "began" ? <span className="text-out">began</span> : "cleared"}
        </>
      );
    case "deployment":
      return (
        <>
          <Link href={deploymentPath(entry.id)} prefetch={false} className="prose-link">
            {entry.name}
          </Link>{" "}
          finished
          {entry.isCause && <span className="text-out"> – taken to be the cause</span>}
        </>
      );
    case "policy":
      return (
        <>
          <Slo service={service} slo={entry.slo} />: {entry.from} → {entry.to}
        </>
      );
  }
}

/** As ours has it; what its rule is called tells few rules apart. */
function Outside({ entry, service }: OutsideProps) {
  const { name, severity, tier, slo } = entry;
  const what = tier ?? severity;
  if (slo === null) return `${name}${what === null ? "" : ` (${what})`}, tied to no SLO,`;
  return (
    <>
      {what ?? name} of <Slo service={service} slo={slo} />
      {what !== null && ` (${name})`}
    </>
  );
}

interface OutsideProps {
  readonly entry: Extract<StoryEntry, { kind: "outside" }>;
  readonly service: string;
}

function Note({ entry }: { entry: Extract<StoryEntry, { kind: "note" }> }) {
  return (
    <>
      <span className="whitespace-pre-wrap">{entry.text}</span>
      {entry.by !== null && <span className="text-small text-ink-3"> – {entry.by}</span>}
    </>
  );
}

function Slo({ service, slo }: { service: string; slo: string }) {
  return (
    <Link href={sloPath({ service, slo })} prefetch={false} className="prose-link">
      {slo}
    </Link>
  );
}

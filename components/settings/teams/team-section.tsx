import Link from "next/link";
import type { ReactNode } from "react";
import { teamPath } from "#components/layout/paths.ts";
import type { EditorView, TeamView } from "#components/settings/teams/view.ts";
import { Section } from "#components/ui/card.tsx";

interface TeamSectionProps {
  readonly team: TeamView;
  /** Takes an editor back; null where one may not. */
  readonly removal: (editor: EditorView) => ReactNode;
  /** Adds one. */
  readonly children: ReactNode;
}

/** A team with those who may change what belongs to it. */
export function TeamSection({ team, removal, children }: TeamSectionProps) {
  const { name, inCatalog, editors } = team;
  return (
    <Section title={name} aside={inCatalog ? <TeamLink name={name} /> : <NoSlo />}>
      {editors.length === 0 && (
        <p className="px-4 pb-3 text-[13px] text-ink-3">
          No editors: only admins change what belongs to this team.
        </p>
      )}
      <ul>
        {editors.map((editor) => (
          <li
            key={editor.personId}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-t border-line px-4 py-2 text-[13px]"
          >
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="font-[560]">{editor.name}</span>{" "}
              <span className="text-ink-3">{editor.email}</span>
              <span className="block text-small text-ink-2">{originWords(editor)}</span>
            </span>
            {removal(editor)}
          </li>
        ))}
      </ul>
      {children}
    </Section>
  );
}

function TeamLink({ name }: { name: string }) {
  return (
    <Link href={teamPath(name)} className="prose-link text-small text-ink-2">
      SLOs<span className="sr-only"> of {name}</span>
    </Link>
  );
}

function NoSlo() {
  return <span className="text-small text-ink-3">no SLO names this team</span>;
}

function originWords({ byHand, byGroup }: EditorView): string {
  if (byHand && byGroup) return "added by hand, and through a group of the sign-in provider";
  return byHand ? "added by hand" : "through a group of the sign-in provider";
}

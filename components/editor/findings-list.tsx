import { Section } from "#components/ui/card.tsx";
import { tallyOf } from "#lib/editor/marks.ts";
import type { Finding } from "#lib/spec/model.ts";

interface FindingsListProps {
  readonly findings: readonly Finding[];
  /** SLOs that are right. */
  readonly slos: number;
  readonly onGo: (finding: Finding) => void;
}

/** What `plimsoll lint` says of the text, each with a way to its place; losses apart from mistakes. */
export function FindingsList({ findings, slos, onGo }: FindingsListProps) {
  const tally = tallyOf(findings);
  const mistakes = findings.filter(({ severity }) => severity !== "loss");
  const losses = findings.filter(({ severity }) => severity === "loss");
  return (
    <Section title="Findings" className="pb-3">
      <p role="status" className="px-4 text-small text-ink-3">
        {many(slos, "SLO")} right, {many(tally.error, "error")}, {many(tally.lint, "warning")}.
      </p>
      {mistakes.length === 0 ? (
        <p className="px-4 pt-2 text-ink-2">Nothing to correct.</p>
      ) : (
        <Items findings={mistakes} onGo={onGo} />
      )}
      {losses.length > 0 && (
        <>
          <h3 className="px-4 pt-3 text-[13px] font-[560]">Not carried over, or assumed</h3>
          <p className="px-4 text-small text-ink-3">
            No mistakes: the SLOs count, and these parts of the text do not, or say more than is
            written.
          </p>
          <Items findings={losses} onGo={onGo} />
        </>
      )}
    </Section>
  );
}

function many(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? "" : "s"}`;
}

const WORD = { error: "Error", lint: "Warning", loss: "Note" } as const;
const COLOUR = { error: "text-out", lint: "text-risk", loss: "text-watch" } as const;
/** Beyond, the text is corrected from the top anyway. */
const SHOWN = 50;

function Items({ findings, onGo }: Pick<FindingsListProps, "findings" | "onGo">) {
  return (
    <ul className="mt-2 max-h-[40vh] overflow-y-auto">
      {findings.slice(0, SHOWN).map((finding) => (
        <li key={keyOf(finding)}>
          <button
            type="button"
            onClick={() => onGo(finding)}
            className="block w-full px-4 py-1.5 text-left text-[13px] break-words hover:bg-accent/8"
          >
            <span className={`font-[560] ${COLOUR[finding.severity]}`}>
              {WORD[finding.severity]}
            </span>{" "}
            <span className="font-mono text-[12px] text-ink-3">
              {finding.line}:{finding.column}
              {finding.path === "" ? "" : ` ${finding.path}`}
            </span>{" "}
            <span className="text-ink">{finding.message}</span>{" "}
            <span className="text-small text-ink-3">[{finding.code}]</span>
          </button>
        </li>
      ))}
      {findings.length > SHOWN && (
        <li className="px-4 py-1.5 text-small text-ink-3">and {findings.length - SHOWN} more</li>
      )}
    </ul>
  );
}

function keyOf({ line, column, path, code, message }: Finding): string {
  return `${line}:${column} ${path} ${code} ${message}`;
}

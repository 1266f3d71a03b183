import { StateShape } from "#components/slo/state-mark.tsx";
import { More } from "#components/sources/more.tsx";
import type { DocumentView } from "#components/sources/view.ts";
import {
  documentMark,
  documentWords,
  findingCounts,
  SEVERITY_WORDS,
} from "#components/sources/words.ts";
import { Section } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Finding } from "#lib/spec/model.ts";

/** The SLO documents: what is in force of each, and everything that reading them found. */
export function Documents({ documents }: { documents: readonly DocumentView[] }) {
  const faulty = documents.filter((each) => documentMark(each) === "exhausted");
  const rest = documents.filter((each) => documentMark(each) !== "exhausted");
  return (
    <Section
      title="SLO documents"
      aside={<span className="text-small text-ink-3">read again when they change</span>}
    >
      {[...faulty, ...rest].map((document) => (
        <Document key={document.path} document={document} />
      ))}
    </Section>
  );
}

const DIALECTS: Readonly<Record<string, string>> = {
  plain: "plain",
  sloth: "Sloth",
  "sloth-crd": "Sloth (Kubernetes)",
};

function Document({ document }: { document: DocumentView }) {
  const { path, dialect, findings, goodAt } = document;
  if (findings.length === 0) return <Line document={document} />;
  return (
    <More
      title={path}
      note={`${documentWords(document)}; ${findingCounts(findings)}`}
      open={hasError(findings)}
    >
      <p className="px-4 pb-1 text-small text-ink-3">
        {DIALECTS[dialect ?? ""] ?? "format not recognised"}
        {goodAt !== null && (
          <>
            , in force since <Time at={goodAt} />
          </>
        )}
      </p>
      <ul className="divide-y divide-line px-4 pb-2 text-[13px]">
        {findings.map((finding) => (
          <FindingLine
            key={`${finding.line}:${finding.column} ${finding.code} ${finding.message}`}
            finding={finding}
          />
        ))}
      </ul>
    </More>
  );
}

function Line({ document: { path, dialect, goodAt } }: { document: DocumentView }) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-t border-line px-4 py-2.5 text-[13px]">
      <StateShape state="healthy" />
      <span className="font-[560] [overflow-wrap:anywhere]">{path}</span>
      <span className="text-ink-3">
        {DIALECTS[dialect ?? ""] ?? "format not recognised"}
        {goodAt !== null && (
          <>
            , in force since <Time at={goodAt} />
          </>
        )}
      </span>
    </div>
  );
}

function FindingLine({ finding }: { finding: Finding }) {
  const { severity, file, line, column, message, code } = finding;
  return (
    <li className="grid gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[8.5rem_1fr]">
      <span className={`font-[540] ${SEVERITY_WORDS[severity].ink}`}>
        {SEVERITY_WORDS[severity].word}
      </span>
      <span>
        {message}
        <span className="block font-mono text-small text-ink-3 [overflow-wrap:anywhere]">
          {file}:{line}:{column} {code}
        </span>
      </span>
    </li>
  );
}

function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}

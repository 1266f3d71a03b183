import { ALIGNED, More } from "#components/sources/more.tsx";
import type { DocumentView } from "#components/sources/view.ts";
import {
  documentMark,
  documentWords,
  findingCounts,
  SEVERITY_WORDS,
} from "#components/sources/words.ts";
import { Section } from "#components/ui/card.tsx";
import { DocumentPlace } from "#components/ui/document-place.tsx";
import { Time } from "#components/ui/time.tsx";
import { isWholeRepository } from "#lib/sources/repositoryFiles.ts";
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
  "sloth-windows": "Sloth alert windows",
  openslo: "OpenSLO",
  "budget-adjustment": "BudgetAdjustment",
  pyrra: "Pyrra",
};

function Document({ document }: { document: DocumentView }) {
  const { path, findings } = document;
  if (findings.length === 0) {
    return (
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 border-t border-line py-2.5 pr-4 pl-[calc(1.5rem+10px)] text-[13px]">
        <span className={`font-[560] [overflow-wrap:anywhere] ${ALIGNED}`}>{path}</span>
        <InForce document={document} />
      </div>
    );
  }
  return (
    <More aligned title={path} note={<Found document={document} />} open={hasError(findings)}>
      <p className="pr-4 pb-1 pl-[calc(1.5rem+10px)] text-[13px]">
        <InForce document={document} />
      </p>
      <ul className="mx-4 mb-2 ml-[calc(1.5rem+10px)] divide-y divide-line text-[13px]">
        {findings.map((finding) => (
          <FindingLine
            key={`${finding.line}:${finding.column} ${finding.code} ${finding.message}`}
            finding={finding}
            url={document.url}
          />
        ))}
      </ul>
    </More>
  );
}

/** What was found, and what follows for the numbers. */
function Found({ document }: { document: DocumentView }) {
  const { findings } = document;
  const ink = hasError(findings) ? "text-out" : "text-ink-3";
  return (
    <span className={ink}>
      {findingCounts(findings)}
      {hasError(findings) && `: ${documentWords(document)}`}
    </span>
  );
}

function InForce({ document: { path, dialect, goodAt, url } }: { document: DocumentView }) {
  if (isWholeRepository(path)) return null;
  return (
    <span className="text-ink-3">
      {DIALECTS[dialect ?? ""] ?? "format not recognised"}
      {goodAt !== null && (
        <>
          , in force since <Time at={goodAt} />
        </>
      )}
      {url !== null && (
        <>
          ,{" "}
          <a href={url} className="underline underline-offset-2" rel="noreferrer">
            open it at its commit
          </a>
        </>
      )}
    </span>
  );
}

function FindingLine({ finding, url }: { finding: Finding; url: string | null }) {
  const { severity, message, code } = finding;
  return (
    <li className="grid gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[10.5rem_1fr]">
      <span className={`font-[540] ${SEVERITY_WORDS[severity].ink}`}>
        {SEVERITY_WORDS[severity].word}
      </span>
      <span>
        {message}
        <span className="block font-mono text-small text-ink-3 [overflow-wrap:anywhere]">
          <DocumentPlace place={finding} url={url} /> {code}
        </span>
      </span>
    </li>
  );
}

function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}

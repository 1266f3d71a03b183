import type { ReactNode } from "react";
import { PolicySteps } from "#components/slo/detail/policy-history.tsx";
import type { DefinitionView } from "#components/slo/detail/view.ts";
import { DocumentPlace } from "#components/ui/document-place.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Finding } from "#lib/spec/model.ts";

/** What the document says, where it is, who answers for it and what reading it found. */
export function DefinitionPanel({ definition }: { definition: DefinitionView }) {
  const { team, runbook, dashboard, labels, formerly, findings } = definition;
  return (
    <div className="space-y-4">
      <dl className="grid grid-cols-[6.5rem_1fr] gap-x-3 gap-y-1.5 text-[13px]">
        {definition.description && <Row name="Says">{definition.description}</Row>}
        <Row name="Document">
          <DocumentLink definition={definition} />
          <span className="text-ink-3"> version {definition.version}</span>
          {definition.commit && <Commit commit={definition.commit} />}
          {definition.versionFrom !== null && (
            <span className="text-ink-3">
              , since <Time at={definition.versionFrom} />
            </span>
          )}
        </Row>
        <Row name="Owner">{team ?? <span className="text-ink-3">nobody is named</span>}</Row>
        <Row name="Runbook">{link(runbook)}</Row>
        <Row name="Dashboard">{link(dashboard)}</Row>
        {formerly.length > 0 && <Row name="Formerly">{formerly.join(", ")}</Row>}
        {Object.keys(labels).length > 0 && (
          <Row name="Labels">
            {Object.entries(labels)
              .map(([k, v]) => `${k}=${v}`)
              .join(", ")}
          </Row>
        )}
      </dl>
      <div>
        <h3 className="mb-1.5 text-[12px] font-medium text-ink-3">
          Policy, by share of the budget spent
        </h3>
        <PolicySteps steps={definition.policy} />
      </div>
      {findings.length > 0 && <Findings findings={findings} url={definition.documentUrl} />}
    </div>
  );
}

function DocumentLink({ definition }: { definition: DefinitionView }) {
  const { documentPath, documentUrl } = definition;
  const path = <code className="font-mono text-[12.5px] break-all">{documentPath}</code>;
  if (!documentUrl) return path;
  return (
    <a href={documentUrl} className="underline underline-offset-2" rel="noreferrer">
      {path}
    </a>
  );
}

/** Where the definition stands in the commit that brought it, whatever its document says by now. */
function Commit({ commit: { sha, url } }: { commit: NonNullable<DefinitionView["commit"]> }) {
  return (
    <span className="text-ink-3">
      {" "}
      at{" "}
      <a href={url} className="font-mono underline underline-offset-2" rel="noreferrer">
        {sha.slice(0, 7)}
      </a>
    </span>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function link(url: string | null): ReactNode {
  if (!url) return <span className="text-ink-3">none named</span>;
  if (!/^https?:\/\//.test(url)) return <span className="break-all">{url}</span>;
  return (
    <a href={url} className="break-all underline underline-offset-2" rel="noreferrer">
      {url.replace(/^https?:\/\//, "")}
    </a>
  );
}

const KINDS = {
  error: "Not loaded",
  lint: "Probably not meant",
  loss: "Not carried over",
} as const;

/** What reading the document found: mistakes, doubts, and what could not be carried over. */
function Findings({ findings, url }: { findings: readonly Finding[]; url: string | null }) {
  return (
    <div>
      <h3 className="mb-1.5 text-[12px] font-medium text-ink-3">Found when reading it</h3>
      <ul className="space-y-2 text-[13px]">
        {findings.map((finding) => (
          <li key={`${finding.file}:${finding.line}:${finding.column}:${finding.code}`}>
            <span className={finding.severity === "error" ? "font-medium text-out" : "text-ink-2"}>
              {KINDS[finding.severity]}.
            </span>{" "}
            {finding.message}{" "}
            <code className="font-mono text-[12px] text-ink-3">
              <DocumentPlace place={finding} url={url} />
            </code>
          </li>
        ))}
      </ul>
    </div>
  );
}

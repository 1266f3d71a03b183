import type { ReactNode } from "react";
import { OutsideLink } from "#components/dora/outside-link.tsx";
import type { IncidentView } from "#components/incidents/view.ts";

type LinksProps = Pick<
  IncidentView,
  "url" | "runbookUrl" | "postmortemUrl" | "runbooks" | "resolvedAt"
>;

/** Where else to look: what it was told in, what to do, what was learned. */
export function Links({ url, runbookUrl, postmortemUrl, runbooks, resolvedAt }: LinksProps) {
  const unwritten = resolvedAt === null ? "not yet" : "none linked";
  return (
    <dl className="space-y-2 px-4 pb-3 text-[13px]">
      <Row name="Told in">{url ? <OutsideLink url={url}>{short(url)}</OutsideLink> : "–"}</Row>
      <Row name="Runbook">
        {runbookUrl && <OutsideLink url={runbookUrl}>{short(runbookUrl)}</OutsideLink>}
        {!runbookUrl && runbooks.length === 0 && "none linked, and no SLO of the service names one"}
        {!runbookUrl &&
          runbooks.map(({ slo, url: runbook }) => (
            <span key={slo} className="block">
              <OutsideLink url={runbook}>{short(runbook)}</OutsideLink>{" "}
              <span className="text-ink-3">(of the SLO {slo})</span>
            </span>
          ))}
      </Row>
      <Row name="Postmortem">
        {postmortemUrl ? (
          <OutsideLink url={postmortemUrl}>{short(postmortemUrl)}</OutsideLink>
        ) : (
          unwritten
        )}
      </Row>
    </dl>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0 [overflow-wrap:anywhere]">
      <dt className="text-small text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Without what every address begins with; long ones are cut. */
function short(url: string): string {
  const text = url.replace(/^https?:\/\//i, "");
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

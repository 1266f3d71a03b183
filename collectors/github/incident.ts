import { type Place, pullChangeId } from "#collectors/github/change.ts";
import type { IssueNode } from "#collectors/github/schema.ts";
import type { Incident, IncidentLink, Severity } from "#lib/dora/facts.ts";

/** Null when the issue does not tell which of the repository's services it is about. */
export function incidentOf(
  place: Place,
  services: readonly string[],
  issue: IssueNode,
): Incident | null {
  const service = serviceOf(issue, services);
  if (service === null) return null;
  return {
    id: incidentId(issue.id),
    service,
    title: issue.title,
    url: issue.url,
    severity: severityOf(issue),
    startedAt: timeLine(issue.body, "started|began|start") ?? issue.createdAt,
    detectedAt: timeLine(issue.body, "detected|noticed"),
    mitigatedAt: timeLine(issue.body, "mitigated"),
    resolvedAt: issue.closedAt
      ? (timeLine(issue.body, "resolved|restored") ?? issue.closedAt)
      : null,
    links: linksOf(place, issue),
    incidentClass: labelled(issue, /^class[:/]\s*(.+)$/i) ?? textLine(issue.body, "class"),
  };
}

/** What we call the incident of an issue. */
export function incidentId(issueId: string): string {
  return `github:${issueId}`;
}

export function labelsOf({ labels }: Pick<IssueNode, "labels">): readonly string[] {
  return labels?.nodes.map(({ name }) => name) ?? [];
}

/** What a label such as `service:checkout` says. */
function labelled(issue: IssueNode, pattern: RegExp): string | null {
  const said = labelsOf(issue).flatMap((name) => pattern.exec(name)?.[1]?.trim() ?? []);
  return said[0] ?? null;
}

/** A `service:` label or line; else the only service that the repository has. */
function serviceOf(issue: IssueNode, services: readonly string[]): string | null {
  const named = labelled(issue, /^service[:/]\s*(\S+)$/i) ?? textLine(issue.body, "service");
  if (named) return named;
  return services.length === 1 ? (services[0] ?? null) : null;
}

/** `SEV1`, `sev-2`, `severity: 3`, `P1` … of a label, else of the title; SEV3 when nothing says more. */
function severityOf(issue: IssueNode): Severity {
  const pattern = /\b(?:sev(?:erity)?[\s:/-]*|p)([1-3])\b/i;
  const found = [...labelsOf(issue), issue.title].flatMap((text) => pattern.exec(text)?.[1] ?? []);
  if (found[0] === "1") return "SEV1";
  return found[0] === "2" ? "SEV2" : "SEV3";
}

/** The value of a line such as `Started: …`, `- **Started**: …` or `| Started | … |`. */
function textLine(body: string, names: string): string | null {
  const line = new RegExp(
    `^[\\s>|*_-]*(?:${names})(?:\\s+at)?[*_]*\\s*[:|][*_]*\\s*([^|\\n]*)`,
    "im",
  );
  return line.exec(body)?.[1]?.trim() || null;
}

/** ISO 8601; UTC unless it names a zone. A time that cannot be read is no time. */
function timeLine(body: string, names: string): number | null {
  const text = textLine(body, names);
  const found =
    text && /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?/i.exec(text);
  if (!found) return null;
  const zone = found[3] && !/^(z|utc)$/i.test(found[3]) ? found[3] : "Z";
  const ms = Date.parse(`${found[1]}T${found[2]}${zone}`);
  return Number.isFinite(ms) ? ms : null;
}

const CAUSE = "cause|caused by|introduced by|introduced in|deployment|deploy|commit|sha";
const VERSION = `${CAUSE}|version|release|tag`;

/** What the text itself says caused it, and the pull requests that closed it. */
function linksOf(place: Place, issue: IssueNode): IncidentLink[] {
  const cause = textLine(issue.body, CAUSE) ?? "";
  const fixes = issue.closedByPullRequestsReferences?.nodes ?? [];
  return [
    ...shasIn(issue.body).map((sha) => ({ method: "explicit" as const, sha })),
    ...versionsIn(textLine(issue.body, VERSION) ?? "").map((sha) => ({
      method: "explicit" as const,
      sha,
    })),
    ...pullsIn(place, cause).map((changeId) => ({ method: "explicit" as const, changeId })),
    ...fixes.map(({ number, repository }) => ({
      method: "remediation" as const,
      changeId: pullChangeId(repository.id, number),
    })),
  ];
}

/** Whole shas anywhere: nobody writes one without meaning it. */
function shasIn(text: string): string[] {
  return [...new Set(text.match(/\b[0-9a-f]{40}\b/g) ?? [])];
}

/** `v1.4.0`, `checkout@2.0.1`, `2026.03.01-2`: only of a line that names the cause or the version. */
function versionsIn(text: string): string[] {
  const words =
    text.match(/(?<![\w#/.:-])[\w@-]*\d+(?:\.\d+)+(?:[-+.][\w.+-]*\w)?(?![\w/])/g) ?? [];
  return [...new Set(words)];
}

/** `#12`, `owner/name#12` and links to pull requests; only of a line that names the cause. */
function pullsIn({ repository, known }: Place, text: string): string[] {
  const mention = /(?:([\w.-]+\/[\w.-]+))?(?:#|\/pull\/)(\d+)/g;
  return [...text.matchAll(mention)].flatMap(([, name, number]) => {
    const home = name === undefined ? repository : known.get(name.toLowerCase());
    return home ? [pullChangeId(home, Number(number))] : [];
  });
}

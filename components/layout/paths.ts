/** Where things are shown: the one place that spells the addresses of pages. */

export function servicePath(service: string): string {
  return `/services/${encodeURIComponent(service)}`;
}

export function sloPath({ service, slo }: { service: string; slo: string }): string {
  return `${servicePath(service)}/slos/${encodeURIComponent(slo)}`;
}

export function whatIfPath(slo: { service: string; slo: string }): string {
  return `${sloPath(slo)}/what-if`;
}

/** The editor: empty, or with the document of an SLO in force. */
export function editorPath(slo?: { service: string; slo: string }): string {
  return withQuery("/editor", { slo: slo && `${slo.service}/${slo.slo}` });
}

export function teamPath(team: string): string {
  return `/teams/${encodeURIComponent(team)}`;
}

/** What the delivery page is about; what is left out is what it shows by itself. */
export interface DoraAddress {
  readonly team?: string | undefined;
  readonly service?: string | undefined;
  /** "30d" and "90d" until today, a month as "2026-03", or "days" with `from` and `to`. */
  readonly period?: string | undefined;
  /** Days as "2026-03-14", both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly zone?: string | undefined;
  /** Year of the published levels. */
  readonly year?: string | undefined;
  /** The metric whose rows are shown. */
  readonly rows?: string | undefined;
}

export function doraPath(address: DoraAddress = {}): string {
  return withQuery("/dora", address);
}

export function deploymentsPath(filter: Readonly<Record<string, string | undefined>> = {}): string {
  return withQuery("/deployments", filter);
}

export function deploymentPath(id: string): string {
  return `/deployments/${encodeURIComponent(id)}`;
}

export function incidentPath(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`;
}

/** What the form to open an incident begins with; `since` in ISO 8601. */
export interface IncidentBegun {
  readonly service: string;
  readonly severity: string;
  readonly since?: string | undefined;
  readonly title: string;
}

export function openIncidentPath({ service, severity, since, title }: IncidentBegun): string {
  return withQuery("/incidents", { open: service, as: severity, since, title });
}

export function quarterPath(filter: Readonly<Record<string, string | undefined>> = {}): string {
  return withQuery("/policy/exceptions", filter);
}

export function exceptionPath(id: number): string {
  return `/policy/exceptions/${id}`;
}

/** What the form to ask for an exception begins with. */
export interface ExceptionAsk {
  readonly service?: string | undefined;
  readonly slo?: string | undefined;
  readonly environment?: string | undefined;
  /** The earlier one, asked for anew. */
  readonly follows?: string | undefined;
}

export function askPath(ask: ExceptionAsk = {}): string {
  return withQuery("/policy/exceptions/new", ask);
}

export function gateLogPath(filter: Readonly<Record<string, string | undefined>> = {}): string {
  return withQuery("/policy/gate", filter);
}

export function reviewPath(month: string): string {
  return `/dora/reviews/${encodeURIComponent(month)}`;
}

function withQuery(path: string, values: object): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(given).toString();
  return query === "" ? path : `${path}?${query}`;
}

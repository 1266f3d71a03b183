/** Where things are shown: the one place that spells the addresses of pages. */

export function servicePath(service: string): string {
  return `/services/${encodeURIComponent(service)}`;
}

export function sloPath({ service, slo }: { service: string; slo: string }): string {
  return `${servicePath(service)}/slos/${encodeURIComponent(slo)}`;
}

export function teamPath(team: string): string {
  return `/teams/${encodeURIComponent(team)}`;
}

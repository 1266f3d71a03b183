/**
 * Where a person reads on: an SLO's page, or an exception's.
 * @example linkOf("https://plimsoll.example", { exception: 7 }) // "https://plimsoll.example/policy/exceptions/7"
 */
export function linkOf(
  prefix: string,
  to: { readonly service: string; readonly slo: string } | { readonly exception: number },
): string {
  if ("exception" in to) return `${prefix}/policy/exceptions/${to.exception}`;
  return `${prefix}/services/${encodeURIComponent(to.service)}/slos/${encodeURIComponent(to.slo)}`;
}

import type { OutsideAlertView } from "#components/slo/alert/view.ts";
import type { OutsideAlertRow } from "#db/reads/outsideAlerts.ts";

/** An alert of others as the pages show it. */
export function outsideView(
  row: OutsideAlertRow & { readonly slo?: string | null },
): OutsideAlertView {
  const { id, name, tier, severity, startsAt, endsAt, annotations, updatedAt } = row;
  return {
    ...{ id, name, tier, severity, startsAt, endsAt, toldAt: updatedAt },
    ...(row.slo === undefined ? {} : { slo: row.slo }),
    summary: annotations.summary ?? null,
    url: webAddress(row.generatorUrl),
  };
}

/** What others send is not to become a link unless a browser may follow it. */
function webAddress(text: string | null): string | null {
  const url = text === null ? null : URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

import { defaultAlerting } from "#lib/spec/details.ts";
import { readList } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import type { AlertingOptions } from "#lib/spec/model.ts";
import { type PolicyTiers, readAlertPolicy, referenceIn } from "#lib/spec/openslo/alertPolicy.ts";
import { readInline } from "#lib/spec/openslo/envelope.ts";
import { type Referred, tellBroken } from "#lib/spec/openslo/referred.ts";
import { nameTiers } from "#lib/spec/tiers.ts";

export interface AlertingContext {
  readonly openSlo: Referred;
  readonly kind: "events" | "ratio";
}

/**
 * The alert policies of an SLO as its burn-rate tiers; without any the standard ones count.
 * @example readAlertPolicies(null, context, findings).tiers // undefined: the standard four
 */
export function readAlertPolicies(
  node: Located | null,
  { openSlo, kind }: AlertingContext,
  findings: Findings,
): AlertingOptions {
  const usual = defaultAlerting(kind);
  const items = readList(node, findings) ?? [];
  if (node === null || items.length === 0) return usual;
  const unnamed = items.flatMap((item) => readItem(item, openSlo, findings) ?? []);
  const { tiers, left } = nameTiers(unnamed);
  if (left > 0) {
    const message = `${left} more than two conditions of one severity are not carried over`;
    findings.loss(node, "tiers-left-out", message);
  }
  const has = (severity: string) => tiers.some((tier) => tier.severity === severity);
  return { ...usual, page: has("page"), ticket: has("ticket"), tiers };
}

function readItem(item: Located, openSlo: Referred, findings: Findings): PolicyTiers | null {
  const ref = referenceIn(item, "alertPolicyRef", findings);
  if (ref === null) {
    const inline = readInline(item, "AlertPolicy", findings);
    return inline && readAlertPolicy(inline, { ...openSlo, findings });
  }
  const object = openSlo.objects.refer("AlertPolicy", ref, findings);
  const tiers = object ? (openSlo.policies.get(object) ?? null) : null;
  return object && tiers === null ? tellBroken(object, ref, findings) : tiers;
}

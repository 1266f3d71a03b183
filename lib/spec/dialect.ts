import type { ErrorCode } from "#lib/spec/codes.ts";
import { describe, type Located, shorten } from "#lib/spec/located.ts";
import type { Dialect } from "#lib/spec/model.ts";
import { OPENSLO_KINDS } from "#lib/spec/openslo/kinds.ts";

/** What a document is, or a sentence that says what else it is. */
export type Recognized =
  | { readonly dialect: Dialect }
  | { readonly code: ErrorCode; readonly message: string };

/**
 * Tells documents apart by `apiVersion`, `version` and `kind`; without them it is a plain one.
 * @example recognize(root of "service: api") // { dialect: "plain" }
 */
export function recognize(root: Located): Recognized {
  if (root.kind === "broken") return { code: root.code, message: root.problem };
  if (root.kind !== "map") return unknown(`a ${root.kind}`);
  const text = (name: string) => {
    const node = root.entries.get(name)?.value;
    if (!node) return null;
    return node.kind === "text" ? shorten(node.value) : describe(node);
  };
  const apiVersion = text("apiVersion");
  if (apiVersion !== null) return byApiVersion(apiVersion, text("kind"));
  const version = text("version");
  if (version === "prometheus/v1") return { dialect: "sloth" };
  if (version !== null)
    return unsupported(`version ${version} is not supported; Sloth's is prometheus/v1`);
  if (root.entries.has("groups")) return unsupported(RULES);
  const plain = root.entries.has("slos") || root.entries.has("service");
  return plain ? { dialect: "plain" } : unknown("a map without “service” and “slos”");
}

function byApiVersion(apiVersion: string, kind: string | null): Recognized {
  const family = apiVersion.split("/")[0] ?? "";
  const what = kind === null ? "no kind" : `kind ${kind}`;
  if (family === "sloth.slok.dev") return sloth(apiVersion, kind, what);
  if (family === "openslo" || family === "openslo.com") return openSlo(apiVersion, kind, what);
  if (family === "n9") return nobl9(apiVersion, kind, what);
  if (family === "pyrra.dev") return pyrra(apiVersion, kind, what);
  if (family === "backstage.io") return unsupported(CATALOG);
  return unknown(`apiVersion ${apiVersion}, ${what}`);
}

function openSlo(apiVersion: string, kind: string | null, what: string): Recognized {
  const known = kind !== null && OPENSLO_KINDS.some((name) => name === kind);
  if (apiVersion === "openslo/v1" && known) return { dialect: "openslo" };
  if (kind === "BudgetAdjustment") {
    if (apiVersion === "openslo.com/v2alpha") return { dialect: "budget-adjustment" };
    return unsupported(
      `apiVersion ${apiVersion} with ${what} is not supported; write apiVersion: openslo.com/v2alpha`,
    );
  }
  const kinds = `write apiVersion: openslo/v1 with one of ${OPENSLO_KINDS.join(", ")}`;
  return unsupported(`apiVersion ${apiVersion} with ${what} is not supported; ${kinds}`);
}

function nobl9(apiVersion: string, kind: string | null, what: string): Recognized {
  if (apiVersion === "n9/v1alpha" && kind === "BudgetAdjustment") {
    return { dialect: "budget-adjustment" };
  }
  return unsupported(
    `apiVersion ${apiVersion} with ${what} is not supported; of Nobl9's documents only n9/v1alpha, BudgetAdjustment is read`,
  );
}

function pyrra(apiVersion: string, kind: string | null, what: string): Recognized {
  if (apiVersion === "pyrra.dev/v1alpha1" && kind === "ServiceLevelObjective") {
    return { dialect: "pyrra" };
  }
  return unsupported(
    `apiVersion ${apiVersion} with ${what} is not supported; Pyrra's is pyrra.dev/v1alpha1, ServiceLevelObjective`,
  );
}

function sloth(apiVersion: string, kind: string | null, what: string): Recognized {
  if (apiVersion === "sloth.slok.dev/v1" && kind === "PrometheusServiceLevel") {
    return { dialect: "sloth-crd" };
  }
  if (apiVersion === "sloth.slok.dev/v1" && kind === "AlertWindows") {
    return { dialect: "sloth-windows" };
  }
  return unsupported(
    `apiVersion ${apiVersion} with ${what} is not supported; Sloth's is sloth.slok.dev/v1, PrometheusServiceLevel or AlertWindows`,
  );
}

const WRITE = "write the SLO as a plain or a Sloth document";
const RULES = `is a file of Prometheus rules, not an SLO document: alerts follow from each SLO's window; ${WRITE}`;
const CATALOG =
  "is a Backstage catalog, not an SLO document: name it under “catalog” in plimsoll.yaml, not under “slos”";

function unsupported(message: string): Recognized {
  return { code: "not-supported", message };
}

function unknown(what: string): Recognized {
  return {
    code: "unknown-document",
    message: `is not an SLO document but ${what}; ${WRITE}, with “service” and “slos”`,
  };
}

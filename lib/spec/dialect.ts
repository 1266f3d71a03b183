import type { ErrorCode } from "#lib/spec/codes.ts";
import { type Located, shorten } from "#lib/spec/located.ts";
import type { Dialect } from "#lib/spec/model.ts";

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
    return node?.kind === "text" ? shorten(node.value) : null;
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
  const name = FAMILIES.get(family);
  if (!name) return unknown(`apiVersion ${apiVersion}, ${what}`);
  return unsupported(`is ${name} document (${what}): these are not supported yet; ${WRITE}`);
}

function sloth(apiVersion: string, kind: string | null, what: string): Recognized {
  if (apiVersion === "sloth.slok.dev/v1" && kind === "PrometheusServiceLevel") {
    return { dialect: "sloth-crd" };
  }
  if (kind === "AlertWindows") return unsupported(ALERT_WINDOWS);
  return unsupported(
    `apiVersion ${apiVersion} with ${what} is not supported; Sloth's is sloth.slok.dev/v1, PrometheusServiceLevel`,
  );
}

const FAMILIES: ReadonlyMap<string, string> = new Map([
  ["openslo", "an OpenSLO"],
  ["openslo.com", "an OpenSLO"],
  ["pyrra.dev", "a Pyrra"],
  ["backstage.io", "a Backstage catalog"],
]);

const WRITE = "write the SLO as a plain or a Sloth document";
const RULES = `is a file of Prometheus rules, not an SLO document: alerts follow from each SLO's window; ${WRITE}`;
const ALERT_WINDOWS =
  "is a Sloth AlertWindows catalog: these are not supported yet; alert tiers follow from each SLO's window";

function unsupported(message: string): Recognized {
  return { code: "not-supported", message };
}

function unknown(what: string): Recognized {
  return {
    code: "unknown-document",
    message: `is not an SLO document but ${what}; ${WRITE}, with “service” and “slos”`,
  };
}

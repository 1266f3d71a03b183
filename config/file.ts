import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { alertsShape } from "#config/alerts.ts";
import { githubShape, incidentsShape, servicesShape } from "#config/delivery.ts";
import { ConfigError } from "#config/error.ts";
import { gateShape } from "#config/gate.ts";
import { linkMistake } from "#config/link.ts";
import { notifyShape } from "#config/notify.ts";
import { limitsShape, signInShape } from "#config/signIn.ts";

const header = z.record(z.string(), z.string());

/** Each source has one row by its name, whatever it tells of. */
const DELIVERY_NAMES: ReadonlySet<string> = new Set(["github", "pagerduty"]);

const prometheus = z.strictObject({
  name: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/, "must be letters, digits, dots, dashes")
    .refine((name) => name !== "self-check", "is the name of Plimsoll's own check; take another")
    .refine((name) => !DELIVERY_NAMES.has(name), "is the name of a delivery source; take another"),
  url: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" }),
  headers: header.default({}),
  tenant: z.string().optional(),
  bearerToken: z.string().optional(),
  basicAuth: z.strictObject({ username: z.string(), password: z.string() }).optional(),
  counting: z.enum(["auto", "exact", "increase"]).default("auto"),
  timeout: z.string().optional(),
  scrapeInterval: z.string().optional(),
  history: z.string().optional(),
  link: z
    .string()
    .superRefine((link, context) => {
      const message = linkMistake(link);
      if (message !== null) context.addIssue({ code: "custom", message });
    })
    .optional(),
});

const fileShape = z.strictObject({
  sources: z
    .strictObject({
      prometheus: z.array(prometheus).default([]),
      github: githubShape.optional(),
      incidents: incidentsShape.optional(),
    })
    .default({ prometheus: [] }),
  slos: z.array(z.string()).optional(),
  services: servicesShape.optional(),
  catalog: z.array(z.string().min(1)).optional(),
  alerts: alertsShape.prefault({}),
  gate: gateShape.prefault({}),
  notify: notifyShape.prefault({}),
  auth: signInShape.prefault({}),
  limits: limitsShape.prefault({}),
});

export type ConfigFile = z.infer<typeof fileShape>;
type Variables = Readonly<Record<string, string | undefined>>;

/** Reads and checks `plimsoll.yaml`; every mistake at once, each with its place in the file. */
export function readConfigFile(path: string, env: Variables): ConfigFile {
  const document = parseDocument(readText(path), { prettyErrors: true });
  const broken = document.errors[0];
  if (broken) throw new ConfigError(`${path}: ${broken.message}`);
  const mistakes: string[] = [];
  const filled = fill(document.toJS() ?? {}, { dir: dirname(path), env, at: "", mistakes });
  const parsed = fileShape.safeParse(filled);
  for (const issue of parsed.error?.issues ?? []) {
    mistakes.push(`${issue.path.map(String).join(".") || "(top)"}: ${issue.message}`);
  }
  if (parsed.success && mistakes.length === 0) return parsed.data;
  throw new ConfigError(mistakes.map((mistake) => `${path}: ${mistake}`).join("\n"));
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ConfigError(`${path}: cannot be read (${(cause as Error).message})`);
  }
}

interface Filling {
  readonly dir: string;
  readonly env: Variables;
  readonly at: string;
  readonly mistakes: string[];
}

/** `${NAME}` and `${file:/path}` in any string, so that secrets stay out of the file. */
function fill(value: unknown, to: Filling): unknown {
  if (typeof value === "string") return fillText(value, to);
  if (Array.isArray(value)) {
    return value.map((item, i) => fill(item, { ...to, at: `${to.at}[${i}]` }));
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      fill(item, { ...to, at: to.at ? `${to.at}.${key}` : key }),
    ]),
  );
}

function fillText(value: string, to: Filling): string {
  return value.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    const found = name.startsWith("file:") ? secretFile(name.slice(5), to) : to.env[name];
    if (found !== undefined) return found;
    to.mistakes.push(`${to.at}: ${whole} is not set in the environment or cannot be read`);
    return whole;
  });
}

function secretFile(path: string, to: Filling): string | undefined {
  try {
    return readFileSync(resolve(to.dir, path), "utf8").trim();
  } catch {
    return undefined;
  }
}

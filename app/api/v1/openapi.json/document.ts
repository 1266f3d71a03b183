import { z } from "zod";
import { METRIC_NAMES } from "#app/_data/dora/ask.ts";
import { alertPage } from "#app/api/v1/alerts/schema.ts";
import { deploymentBody } from "#app/api/v1/deployments/body.ts";
import { fluxEvent } from "#app/api/v1/deployments/flux/event.ts";
import { deployment, deploymentPage } from "#app/api/v1/deployments/schema.ts";
import { doraAnswer } from "#app/api/v1/dora/schema.ts";
import { EXCEPTION_STATES, exceptionList } from "#app/api/v1/exceptions/schema.ts";
import { exclusionBody, exclusionChange } from "#app/api/v1/exclusions/body.ts";
import { exclusion, exclusionList } from "#app/api/v1/exclusions/schema.ts";
import { GATE_CHANGES, gateAnswer } from "#app/api/v1/gate/schema.ts";
import { incidentBody } from "#app/api/v1/incidents/body.ts";
import { incident, incidentPage } from "#app/api/v1/incidents/schema.ts";
import { policyAnswer } from "#app/api/v1/policy/schema.ts";
import { failure, sloPage, sloSeries, sloStatus, sourceList } from "#app/api/v1/schemas.ts";
import { whatIf } from "#app/api/v1/slos/[service]/[slo]/what-if/schema.ts";
import { ROUTES } from "#lib/access/routes.ts";
import { SLO_STATES } from "#lib/slo/status.ts";

type Json = Record<string, unknown>;

/** One route as the document lists it. */
interface Operation {
  readonly path: string;
  readonly summary: string;
  readonly answer: z.ZodType;
  readonly parameters: readonly Json[];
  /** What is sent. */
  readonly body?: z.ZodType;
  /** When it is not said: POST where something is sent, which answers 201 the first time; else GET. */
  readonly method?: "patch" | "delete";
  /** Of the answer; JSON when it is not said. */
  readonly mediaType?: string;
}

const inPath = (name: string): Json => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string" },
});
const inQuery = (name: string, description: string, schema: Json = { type: "string" }): Json => ({
  name,
  in: "query",
  description,
  schema,
});

const asOf = inQuery("at", "as of this time, ISO 8601 with a zone", {
  type: "string",
  format: "date-time",
});
const slo = [inPath("service"), inPath("slo")];
const listed = [
  inQuery("service", "only this service"),
  inQuery("from", "began then or later, ISO 8601 with a zone", {
    type: "string",
    format: "date-time",
  }),
  inQuery("to", "began before then, ISO 8601 with a zone", { type: "string", format: "date-time" }),
  inQuery("limit", "how many", { type: "integer", minimum: 1, maximum: 1000, default: 100 }),
  inQuery("cursor", "`next` of the page before"),
];

const delivery = [
  inQuery("team", "only this team"),
  inQuery("service", "only this service"),
  inQuery("from", "start, ISO 8601 with a zone", { type: "string", format: "date-time" }),
  inQuery("to", "end, ISO 8601 with a zone", { type: "string", format: "date-time" }),
  inQuery("zone", "IANA time zone in which days and weeks begin"),
];

const OPERATIONS: readonly Operation[] = [
  {
    path: "/api/v1/slos",
    summary: "SLOs with their newest evaluation, worst first",
    answer: sloPage,
    parameters: [
      inQuery("team", "only this team"),
      inQuery("service", "only this service"),
      inQuery("state", "only this state", { type: "string", enum: [...SLO_STATES] }),
      inQuery("limit", "how many", { type: "integer", minimum: 1, maximum: 1000, default: 100 }),
      inQuery("cursor", "`next` of the page before"),
    ],
  },
  {
    path: "/api/v1/slos/{service}/{slo}",
    summary: "One SLO, now or as of a time",
    answer: sloStatus,
    parameters: [...slo, asOf],
  },
  {
    path: "/api/v1/slos/{service}/{slo}/series",
    summary: "Counts and remaining budget over time",
    answer: sloSeries,
    parameters: [
      ...slo,
      inQuery("from", "start, ISO 8601 with a zone", { type: "string", format: "date-time" }),
      inQuery("to", "end, ISO 8601 with a zone", { type: "string", format: "date-time" }),
      inQuery("points", "how many at most", {
        type: "integer",
        minimum: 2,
        maximum: 2000,
        default: 600,
      }),
    ],
  },
  {
    path: "/api/v1/slos/{service}/{slo}/what-if",
    summary: "The history under another definition, beside the present one",
    answer: whatIf,
    parameters: [
      ...slo,
      inQuery("objective", "another objective: 0.9995, or 99.95 %"),
      inQuery("window", "another window: 28d, or week, month, quarter, year"),
      inQuery("thresholds", "other thresholds of the policy, one for each step: 0.5,0.9"),
    ],
  },
  {
    path: "/api/v1/sources",
    summary: "Each source: how it last answered and how far it is known",
    answer: sourceList,
    parameters: [],
  },
  {
    path: "/api/v1/alerts",
    summary: "Alerts that others sent, newest first",
    answer: alertPage,
    parameters: [inQuery("slo", "only this SLO, by its name"), ...listed],
  },
  {
    path: "/api/v1/deployments",
    summary: "Deployments as their sources tell them, newest first",
    answer: deploymentPage,
    parameters: listed,
  },
  {
    path: "/api/v1/deployments",
    summary: "Hand in a deployment, or more about one",
    answer: deployment,
    parameters: [],
    body: deploymentBody,
  },
  {
    path: "/api/v1/deployments/flux",
    summary: "Hand in an event of Flux's notification-controller",
    answer: z.union([deployment, z.strictObject({ outcome: z.literal("ignored") })]),
    parameters: [
      inQuery("environment", "needed: the environment's name"),
      inQuery("service", "by default the name of the event's object"),
    ],
    body: fluxEvent,
  },
  {
    path: "/api/v1/incidents",
    summary: "Incidents of all sources, newest first",
    answer: incidentPage,
    parameters: listed,
  },
  {
    path: "/api/v1/incidents",
    summary: "Hand in an incident, or more about one",
    answer: incident,
    parameters: [],
    body: incidentBody,
  },
  {
    path: "/api/v1/dora",
    summary: "The five delivery metrics of a range",
    answer: doraAnswer,
    parameters: delivery,
  },
  {
    path: "/api/v1/dora/rows.csv",
    summary: "The rows behind one metric, or what it leaves out",
    answer: z.string(),
    parameters: [
      ...delivery,
      inQuery("metric", "which metric", { type: "string", enum: [...METRIC_NAMES] }),
      inQuery("what", "rows or excluded", { type: "string", enum: ["rows", "excluded"] }),
    ],
    mediaType: "text/csv",
  },
  {
    path: "/api/v1/exceptions",
    summary: "Exceptions from policies, those asked for last first",
    answer: exceptionList,
    parameters: [
      inQuery("service", "only this service"),
      inQuery("team", "only services of this team"),
      inQuery("state", "only those that stand so now", {
        type: "string",
        enum: [...EXCEPTION_STATES],
      }),
      inQuery("from", "asked for, waiting or in force then or later", {
        type: "string",
        format: "date-time",
      }),
      inQuery("to", "asked for before then", { type: "string", format: "date-time" }),
      inQuery("limit", "how many", { type: "integer", minimum: 1, maximum: 1000, default: 100 }),
    ],
  },
  {
    path: "/api/v1/exclusions",
    summary: "Maintenance and experiments in force, those that began last first",
    answer: exclusionList,
    parameters: [
      inQuery("service", "only this service"),
      inQuery("slo", "only this SLO, and those of its whole service"),
      inQuery("from", "not over before then, ISO 8601 with a zone; by default 90 days ago", {
        type: "string",
        format: "date-time",
      }),
      inQuery("to", "began before then", { type: "string", format: "date-time" }),
      inQuery("limit", "how many", { type: "integer", minimum: 1, maximum: 1000, default: 100 }),
    ],
  },
  {
    path: "/api/v1/exclusions",
    summary: "Tell of a window of maintenance or of an experiment, or more about one",
    answer: exclusion,
    parameters: [],
    body: exclusionBody,
  },
  {
    path: "/api/v1/exclusions/{exclusion}",
    summary: "Change one; a running experiment ends with its endsAt",
    answer: exclusion,
    parameters: [inPath("exclusion")],
    body: exclusionChange,
    method: "patch",
  },
  {
    path: "/api/v1/exclusions/{exclusion}",
    summary: "Cancel one: its events count again",
    answer: exclusion,
    parameters: [inPath("exclusion")],
    method: "delete",
  },
  {
    path: "/api/v1/policy",
    summary: "Policy states: which services are asked for what",
    answer: policyAnswer,
    parameters: [inQuery("team", "only services of this team")],
  },
  {
    path: "/api/v1/gate",
    summary: "May this be shipped? The answer is logged",
    answer: gateAnswer,
    parameters: [
      { ...inQuery("service", "what is to be deployed"), required: true },
      inQuery("environment", "where", { type: "string", default: "production" }),
      inQuery("change", "what it is: a policy may let some fixes through", {
        type: "string",
        enum: [...GATE_CHANGES],
        default: "feature",
      }),
      inQuery("sha", "the commit, for the log"),
      inQuery("surface", "who asks, for the log", {
        type: "string",
        enum: ["http", "cli"],
        default: "http",
      }),
    ],
  },
];

/** The OpenAPI 3.1 description of API v1. */
export function openApi(server: string): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Plimsoll",
      version: "1",
      description:
        "Error budgets, burn rates and policy states. Ratios, not percents; times in UTC.",
    },
    servers: [{ url: server }],
    components: { securitySchemes: { bearer: BEARER } },
    paths: pathsOf(OPERATIONS),
  };
}

const BEARER: Json = {
  type: "http",
  scheme: "bearer",
  description:
    "An API token with the scope that the operation names, made under Settings, API tokens. A browser's own session will do too.",
};

function pathsOf(operations: readonly Operation[]): Json {
  const byPath = Map.groupBy(operations, ({ path }) => path);
  const entries = [...byPath].map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((of) => [methodOf(of), operation(of)])),
  ]);
  return Object.fromEntries(entries);
}

function methodOf({ body, method }: Operation): "get" | "post" | "patch" | "delete" {
  return method ?? (body ? "post" : "get");
}

/** What the table of routes asks for. */
function scopeOf(of: Operation): string {
  const { path } = of;
  const route = `${methodOf(of).toUpperCase()} ${path.replaceAll("{", "[").replaceAll("}", "]")}`;
  const found = Object.entries(ROUTES).find(([known]) => known === route);
  return found?.[1] ?? "admin";
}

const inHeader = (description: string, type = "string"): Json => ({
  description,
  schema: { type },
});

/** How the door answers, whatever is asked. */
const REFUSALS: Json = {
  401: {
    description: "No token, or one that is no longer good",
    headers: { "WWW-Authenticate": inHeader("Bearer") },
    content: json(failure),
  },
  403: { description: "The token may not do this", content: json(failure) },
  429: {
    description: "The address or the token asks too often",
    headers: { "Retry-After": inHeader("seconds to wait", "integer") },
    content: json(failure),
  },
};

function operation(of: Operation): Json {
  const { summary, parameters, answer, body, mediaType } = of;
  const ok = { description: "OK", content: mediaType ? { [mediaType]: {} } : json(answer) };
  const first = { description: "Created: this was the first message", content: json(answer) };
  return {
    summary,
    security: [{ bearer: [scopeOf(of)] }],
    parameters,
    ...(body ? { requestBody: { required: true, content: json(body, "input") } } : {}),
    responses: {
      ...(methodOf(of) === "post" ? { 201: first } : {}),
      200: ok,
      ...REFUSALS,
      default: { description: "What is wrong, and what to do", content: json(failure) },
    },
  };
}

/** Each answer with its schema in place: no references to follow. */
function json(schema: z.ZodType, io: "input" | "output" = "output"): Json {
  const { $schema: _, ...inPlace } = z.toJSONSchema(schema, { io });
  return { "application/json": { schema: inPlace } };
}

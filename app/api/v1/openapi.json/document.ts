import { z } from "zod";
import { failure, sloPage, sloSeries, sloStatus, sourceList } from "#app/api/v1/schemas.ts";
import { SLO_STATES } from "#lib/slo/status.ts";

type Json = Record<string, unknown>;

/** One route as the document lists it. */
interface Operation {
  readonly path: string;
  readonly summary: string;
  readonly answer: z.ZodType;
  readonly parameters: readonly Json[];
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
    path: "/api/v1/sources",
    summary: "Each source: how it last answered and how far it is known",
    answer: sourceList,
    parameters: [],
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
    paths: Object.fromEntries(OPERATIONS.map((of) => [of.path, { get: operation(of) }])),
  };
}

function operation({ summary, parameters, answer }: Operation): Json {
  return {
    summary,
    parameters,
    responses: {
      200: { description: "OK", content: json(answer) },
      default: { description: "What is wrong, and what to do", content: json(failure) },
    },
  };
}

/** Each answer with its schema in place: no references to follow. */
function json(schema: z.ZodType): Json {
  const { $schema: _, ...inPlace } = z.toJSONSchema(schema, { io: "output" });
  return { "application/json": { schema: inPlace } };
}

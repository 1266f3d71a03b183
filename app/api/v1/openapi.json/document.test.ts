import { expect, test } from "vitest";
import { openApi } from "#app/api/v1/openapi.json/document.ts";
import { ROUTES, type Route } from "#lib/access/routes.ts";

const document = openApi("https://plimsoll.example");

/** `GET /api/v1/slos/{service}`, as the document names each operation. */
function described(): string[] {
  return Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

test("describes every route of API v1 but itself", () => {
  const routes = Object.keys(ROUTES)
    .filter((route) => route.includes("/api/v1/") && !/openapi|\[\.\.\./.test(route))
    .map((route) => route.replaceAll("[", "{").replaceAll("]", "}"));
  expect(described().sort()).toEqual(routes.sort());
});

test("says what a deployment that is handed in must and may have", () => {
  const body = JSON.stringify(document);
  expect(body).toContain('"required":["service","environment","status"]');
  expect(document).toMatchObject({
    paths: {
      "/api/v1/deployments": {
        post: { requestBody: { required: true }, responses: { 201: {}, 200: {}, default: {} } },
      },
    },
  });
});

test("says of every operation which scope its token needs, and how the door refuses", () => {
  const paths = document.paths as Record<string, Record<string, object>>;
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const route = `${method.toUpperCase()} ${path.replaceAll("{", "[").replaceAll("}", "]")}`;
      expect(operation, route).toMatchObject({
        security: [{ bearer: [ROUTES[route as Route]] }],
        responses: {
          401: { headers: { "WWW-Authenticate": {} }, content: { "application/json": {} } },
          403: { content: { "application/json": {} } },
          429: { headers: { "Retry-After": {} }, content: { "application/json": {} } },
        },
      });
    }
  }
  expect(document.components).toMatchObject({
    securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
  });
});

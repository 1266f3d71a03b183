import { ORIGIN } from "#app/api/settings/tokens/testing.ts";
import type { DeliverySettings, ServiceSettings } from "#config/delivery.ts";

/** For tests of lists that can also be handed in. */

type Door = (
  request: Request,
  context: { readonly params: Promise<Record<string, never>> },
) => Promise<Response>;

/** Asks one door; a body is sent as JSON. Gives the status and what was answered. */
export async function ask(
  door: Door,
  headers: Readonly<Record<string, string>>,
  { query = "", body }: { readonly query?: string; readonly body?: unknown },
) {
  const sent =
    body === undefined
      ? { headers }
      : {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(body),
        };
  const response = await door(new Request(`${ORIGIN}/${query}`, sent), {
    params: Promise.resolve({}),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

/** A configuration that says whose each service is. */
export function owning(teams: Readonly<Record<string, string>>): DeliverySettings {
  const services = Object.entries(teams).map(
    ([name, team]): ServiceSettings => ({
      ...{ name, team, repository: null, environments: null, production: "^prod" },
      ...{ deployments: "auto", tags: null, workflow: null, paths: null },
    }),
  );
  return { github: null, incidents: {}, services, production: "^prod" };
}

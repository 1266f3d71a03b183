import { RequestError } from "#app/api/respond.ts";

export function noSuchPerson(): RequestError {
  return new RequestError(404, "no-such-person", "There is no such person; load the page anew.");
}

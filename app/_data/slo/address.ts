import { z } from "zod";
import type { Moved } from "#app/_data/slo/facts.ts";
import { RequestError } from "#app/api/respond.ts";
import { readMoment } from "#lib/charts/range.ts";
import { type InstanceLabels, instanceName, readLabels } from "#lib/instances/name.ts";

/** The path of a route about one SLO. */
export interface SloParams {
  readonly service: string;
  readonly slo: string;
}

/** `?at=`: a moment that has passed, to the minute. */
export const pastMoment = z
  .string()
  .transform((text, context) => {
    const { at, problem } = readMoment(text, Date.now());
    if (at !== null) return at;
    context.addIssue({ code: "custom", message: problem ?? "is no time" });
    return z.NEVER;
  })
  .optional();

/** The service and SLO of a route's path, decoded; with labels, that instance of it. */
export function addressOf(
  { service, slo }: SloParams,
  instance?: InstanceLabels,
): { service: string; name: string } {
  const name = decoded(slo);
  return { service: decoded(service), name: instance ? instanceName(name, instance) : name };
}

/** `?instance=`: one label set of a grouped SLO, as `handler=/pay`. */
export const instanceLabels = z
  .string()
  .transform((text, context) => {
    const labels = readLabels(text);
    if (labels !== null) return labels;
    context.addIssue({ code: "custom", message: "must be label=value, several with commas" });
    return z.NEVER;
  })
  .optional();

/** Next hands path segments over as they stand in the URL. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What was read, or the error that says why there is nothing to read. */
export function found<T extends { readonly kind: "slo" }>(
  read: T | Moved | null,
  asked: { readonly service: string; readonly name: string },
): T {
  if (read?.kind === "slo") return read;
  if (read?.kind === "moved") {
    throw new RequestError(410, "moved", `This SLO is now ${read.service}/${read.name}.`, [
      { field: "slo", message: `ask for ${read.service}/${read.name}` },
    ]);
  }
  throw new RequestError(404, "unknown-slo", `There is no SLO ${asked.service}/${asked.name}.`);
}

/** `?exclusions=off`: nothing is left out. */
export const exclusionsOff = z.literal("off", { error: "must be off" }).optional();

/** A text of the query, kept short. */
export const text = z.string().max(200).optional();

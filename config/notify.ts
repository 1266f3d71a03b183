import { z } from "zod";
import { type Network, readNetwork } from "#lib/net/network.ts";

/** How notices reach their receivers. */
export interface NotifySettings {
  /** Networks beside the public ones where receivers may be. */
  readonly allow: readonly Network[];
}

const network = z.string().transform((text, context) => {
  const read = readNetwork(text);
  if (read) return read;
  context.addIssue({
    code: "custom",
    message: `must be an address or a network such as 10.0.0.0/8, got ${text}`,
  });
  return z.NEVER;
});

export const notifyShape = z.strictObject({ allow: z.array(network).default([]) });

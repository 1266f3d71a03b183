import { z } from "zod";

/** Someone whom the provider knows; the claims that it gives to whom asks. */
const account = z.strictObject({
  email: z.string(),
  email_verified: z.boolean().optional(),
  name: z.string().default("Somebody"),
  groups: z.union([z.string(), z.array(z.string())]).optional(),
});

/** How the provider misbehaves from now on; an empty object: not at all. */
const faults = z.strictObject({
  /** Claims of the ID token that are written over. */
  claims: z.record(z.string(), z.unknown()).default({}),
  /** The ID token is signed with a key that the provider does not publish, or not at all. */
  signature: z.enum(["foreign", "none"]).optional(),
  /** The token answer has no ID token. */
  withoutIdToken: z.boolean().default(false),
  /** The `iss` that comes back beside the code. */
  answeringIssuer: z.string().optional(),
  /** Nothing is answered at all, and no connection ended. */
  silent: z.boolean().default(false),
});

/** What a test tells the provider to be: PUT /control. */
export const control = z.strictObject({
  accounts: z.record(z.string(), account).optional(),
  faults: faults.prefault({}),
});

/** How it is started, as JSON in the first argument. */
export const start = z.strictObject({
  port: z.number(),
  clientId: z.string(),
  clientSecret: z.string(),
  redirectUri: z.string(),
  /** Where the claims about a person are: in the ID token, or at the userinfo address alone. */
  claimsIn: z.enum(["id-token", "userinfo"]),
});

export type Account = z.input<typeof account>;
export type Faults = z.output<typeof faults>;
export type Control = z.input<typeof control>;
export type Start = z.output<typeof start>;

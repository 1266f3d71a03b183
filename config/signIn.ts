import { z } from "zod";

const url = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" });
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case letters, digits, dashes");

const github = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** GitHub Enterprise's address; github.com when left out. */
  url: url.optional(),
  /** Members of one of these may come without an invitation. */
  organizations: z.array(z.string().min(1)).default([]),
});

const oidc = z.strictObject({
  id: id.refine((own) => own !== "github", { error: "is taken by auth.github" }),
  /** What the button says. */
  name: z.string().min(1).max(40).optional(),
  issuer: url,
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  scopes: z.array(z.string().min(1)).default(["openid", "email", "profile"]),
  /** Whether someone whom the provider lets in, and whom nobody invited, becomes a viewer. */
  signUp: z.boolean().default(true),
  /** For a provider that lets nobody choose their address, but does not say `email_verified`. */
  trustEmail: z.boolean().default(false),
  groupsClaim: z.string().min(1).default("groups"),
  /** Group of the provider → team whose editors its members are. */
  teams: z.record(z.string(), z.string().min(1)).default({}),
  /** Groups whose members are admins. */
  admins: z.array(z.string().min(1)).default([]),
});

/** The `auth` part of `plimsoll.yaml`. */
export const signInShape = z.strictObject({
  /** How long a session lasts from its sign-in. */
  sessions: z.string().default("7d"),
  /** Passwords for invited people; off where everyone comes through a provider. */
  passwords: z.boolean().default(true),
  github: github.optional(),
  oidc: z
    .array(oidc)
    .default([])
    .refine((all) => new Set(all.map(({ id: own }) => own)).size === all.length, {
      error: "two providers have the same id",
    }),
});

/** The `limits` part: requests a minute before 429. */
export const limitsShape = z.strictObject({
  addressPerMinute: z.number().int().min(10).default(1_200),
  tokenPerMinute: z.number().int().min(10).default(600),
});

export type Limits = z.output<typeof limitsShape>;
export type GithubSignIn = z.output<typeof github>;
export type OidcProvider = z.output<typeof oidc>;

export interface SignIn {
  readonly sessionMs: number;
  readonly passwords: boolean;
  readonly github: GithubSignIn | null;
  readonly oidc: readonly OidcProvider[];
}

interface Link {
  readonly kind: "first-admin" | "invite" | "reset";
  readonly email: string | null;
}

/** Why a one-time link sets no password where people sign in through a provider alone, and what to do. */
export function passwordsOffWords({ kind, email }: Link): string {
  if (kind === "invite") {
    return `your invitation is for ${email}. Sign in with the provider that knows you by this address.`;
  }
  if (kind === "reset") {
    return "there is no password to set. Sign in with the provider that knows you.";
  }
  return "this link cannot make an admin. Whoever has the server can set auth.passwords: true until the link is used, or name a group in `admins` of the provider, whose members are admins when they sign in.";
}

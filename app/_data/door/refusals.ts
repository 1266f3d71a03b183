/** Why a provider's sign-in ended without one, by the code that it comes back with. */
const REFUSALS: Readonly<Record<string, string>> = {
  not_invited: "Nobody has invited this account yet. Ask an admin for an invitation.",
  email_not_verified: "The provider has not verified this account's e-mail address.",
  disabled: "This account was switched off. Ask an admin.",
  account_not_linked:
    "Another way to sign in has this e-mail address already. Use that one, or ask an admin.",
  access_denied: "The provider was told not to let Plimsoll know who you are.",
  provider_unavailable: "The provider does not answer at the moment. Try again in a minute.",
  state_mismatch: "This sign-in was begun in another window or took too long. Try again.",
  state_not_found: "This sign-in was begun in another window or took too long. Try again.",
};

/** Never the provider's own text: it comes by the address bar, where anyone may write. */
export function refusalOf(code: string | null): string | null {
  if (code === null) return null;
  return REFUSALS[code] ?? "The provider did not sign you in. Try again, or ask an admin.";
}

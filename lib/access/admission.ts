/** What a provider says of someone who signs in, and what we know of them. */
export interface Arrival {
  readonly emailVerified: boolean;
  /** The provider's word on e-mail addresses is taken without its mark "verified". */
  readonly emailTrusted: boolean;
  /** Whether they have been here before. */
  readonly known: boolean;
  /** Whether an admin has shut them out. */
  readonly disabled: boolean;
  /** Whether a live invitation names this e-mail address. */
  readonly invited: boolean;
  /** Whether the provider's own rule lets them in: its sign-up switch, or an organisation's list. */
  readonly member: boolean;
}

export type Refusal = "email_not_verified" | "disabled" | "not_invited";

/**
 * Whether someone whom a provider has identified may come in; null when they may. An address that
 * nobody has verified is never taken: it would open another person's account.
 * @example admit({ ...arrival, known: false, invited: false, member: false }) // "not_invited"
 */
export function admit(arrival: Arrival): Refusal | null {
  if (!arrival.emailVerified && !arrival.emailTrusted) return "email_not_verified";
  if (arrival.disabled) return "disabled";
  return arrival.known || arrival.invited || arrival.member ? null : "not_invited";
}

export interface GroupRules {
  /** Group → team. */
  readonly teams: Readonly<Record<string, string>>;
  readonly admins: readonly string[];
}

export interface GroupRoles {
  /** Null where no rule is about admins: groups then neither make nor unmake them. */
  readonly admin: boolean | null;
  readonly teams: readonly string[];
}

/**
 * The roles that a provider's groups give.
 * @example rolesOf(["pay"], { teams: { pay: "payments" }, admins: [] }) // { admin: null, teams: ["payments"] }
 */
export function rolesOf(groups: readonly string[], rules: GroupRules): GroupRoles {
  const teams = groups.flatMap((group) => {
    const team = Object.hasOwn(rules.teams, group) ? rules.teams[group] : undefined;
    return team === undefined ? [] : [team];
  });
  return {
    admin: rules.admins.length === 0 ? null : groups.some((group) => rules.admins.includes(group)),
    teams: [...new Set(teams)].sort(),
  };
}

/**
 * The groups in a claim, which providers write as a list, as one text, or leave out.
 * @example groupsIn({ groups: "a" }, "groups") // ["a"]
 */
export function groupsIn(profile: Readonly<Record<string, unknown>>, claim: string): string[] {
  const given = Object.hasOwn(profile, claim) ? profile[claim] : undefined;
  if (typeof given === "string") return [given];
  return Array.isArray(given) ? given.filter((group) => typeof group === "string") : [];
}

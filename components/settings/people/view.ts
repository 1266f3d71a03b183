/** Someone who may sign in, or might once. */
export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
  readonly adminFrom: "hand" | "groups";
  /** Epoch ms; null for who may sign in. */
  readonly disabledAt: number | null;
  /** In words: "password", "GitHub". */
  readonly waysIn: readonly string[];
  readonly teams: readonly { readonly team: string; readonly origin: "hand" | "groups" }[];
  /** Signed in at so many browsers now. */
  readonly sessions: number;
  readonly lastSeenAt: number | null;
  /** Whoever looks. */
  readonly self: boolean;
}

export interface InvitationView {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly admin: boolean;
  readonly teams: readonly string[];
  readonly expiresAt: number;
}

export interface PeopleView {
  readonly people: readonly PersonView[];
  readonly invitations: readonly InvitationView[];
  /** Teams that an invitation may name. */
  readonly teams: readonly string[];
  /** False where everyone comes through a provider. */
  readonly passwords: boolean;
}

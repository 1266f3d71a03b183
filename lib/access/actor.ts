/** What a token may be used for. */
export const SCOPES = ["read", "gate", "ingest", "write", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** Whoever asks for something. */
export type Actor = Person | Token | Local | Nobody | System;

export interface Person {
  readonly kind: "person";
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
  readonly editorOf: readonly string[];
}

export interface Token {
  readonly kind: "token";
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** What it writes must belong to this team; null: to any. */
  readonly team: string | null;
}

/** Anyone on this machine, where sign-in is switched off. */
export interface Local {
  readonly kind: "local";
}

export interface Nobody {
  readonly kind: "nobody";
}

/** Plimsoll itself: a job, or the command line of whoever has the server. */
export interface System {
  readonly kind: "system";
}

export const LOCAL: Local = { kind: "local" };
export const NOBODY: Nobody = { kind: "nobody" };
export const SYSTEM: System = { kind: "system" };

/**
 * The name under which an actor is shown to people.
 * @example actorName({ kind: "nobody" }) // "not signed in"
 */
export function actorName(actor: Actor): string {
  return "name" in actor ? actor.name : NAMES[actor.kind];
}

/**
 * Who it was, for the record: of a person the e-mail address, since names are chosen freely and may be
 * another's.
 * @example actorIdentity(person) // "ada@example.com"
 */
export function actorIdentity(actor: Actor): string {
  return actor.kind === "person" ? actor.email : actorName(actor);
}

const NAMES = {
  local: "local (sign-in is off)",
  nobody: "not signed in",
  system: "Plimsoll itself",
} as const;

export interface SessionView {
  readonly id: string;
  /** "Firefox on Linux". */
  readonly browser: string;
  readonly address: string | null;
  readonly signedInAt: number;
  /** To the nearest ten minutes. */
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  /** The one that asks for the page. */
  readonly current: boolean;
}

export interface AccountView {
  readonly name: string;
  readonly email: string;
  /** "Admin", "Editor of cart". */
  readonly role: string;
  readonly waysIn: readonly string[];
  /** Has a password here that can be changed. */
  readonly hasPassword: boolean;
  readonly sessions: readonly SessionView[];
}

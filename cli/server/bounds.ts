/** How long a client may take, and how much all of them together may take up. */
export interface Bounds {
  readonly headersMs: number;
  readonly requestMs: number;
  /** Longer than the proxies in front keep theirs, so that they are the ones to close. */
  readonly keepAliveMs: number;
  /** With nothing sent either way: whoever does not read its answer. */
  readonly idleMs: number;
  readonly headerBytes: number;
  readonly connections: number;
  /** Of all bodies that are being received or answered. */
  readonly bodyBytes: number;
}

export const BOUNDS: Bounds = {
  headersMs: 15_000,
  requestMs: 60_000,
  keepAliveMs: 65_000,
  idleMs: 120_000,
  headerBytes: 16 * 1024,
  connections: 2_000,
  bodyBytes: 128 * 1024 * 1024,
};

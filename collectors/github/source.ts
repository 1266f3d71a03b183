/** One GitHub, as the configuration names it. Secrets are already resolved. */
export interface GithubSource {
  readonly name: string;
  /** `https://api.github.com`, or an Enterprise server's `https://host/api/v3`. */
  readonly url: string;
  readonly auth: GithubAuth;
  readonly timeoutMs: number;
}

export type GithubAuth =
  | { readonly kind: "token"; readonly token: string }
  | {
      readonly kind: "app";
      readonly appId: string;
      /** PEM. */
      readonly privateKey: string;
      readonly installationId: string;
    };

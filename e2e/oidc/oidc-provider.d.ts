/** The part of oidc-provider that our stand-in uses; the package brings no types. */
declare module "oidc-provider" {
  import type { RequestListener } from "node:http";

  interface Context {
    readonly path: string;
    body: unknown;
    response: { get(name: string): string; set(name: string, value: string): void };
  }

  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    callback(): RequestListener;
    interactionFinished(
      request: import("node:http").IncomingMessage,
      response: import("node:http").ServerResponse,
      result: Record<string, unknown>,
    ): Promise<void>;
    readonly Grant: new (
      of: Record<string, unknown>,
    ) => {
      addOIDCScope(scopes: string): void;
      save(): Promise<string>;
    };
  }
}

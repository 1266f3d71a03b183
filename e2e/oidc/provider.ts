import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import Provider from "oidc-provider";
import { keySet, spoil } from "./idToken.ts";
import { type Account, control, type Faults, start } from "./shapes.ts";

/**
 * A whole OpenID Connect provider in a process of its own, on loopback: whoever comes chooses on its
 * page who they are. PKCE is required. `PUT /control` gives it people, and makes it misbehave.
 */
const told = start.parse(JSON.parse(process.argv[2] ?? "{}"));
const issuer = `http://127.0.0.1:${told.port}`;
const SCOPES = "openid email profile";

let accounts: Record<string, Account> = {};
let faults: Faults = control.parse({}).faults;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: told.clientId,
      client_secret: told.clientSecret,
      redirect_uris: [told.redirectUri],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  jwks: keySet(),
  cookies: { keys: ["not a secret: this provider knows nobody"] },
  pkce: { required: () => true },
  conformIdTokenClaims: told.claimsIn === "userinfo",
  claims: {
    openid: ["sub"],
    email: ["email", "email_verified"],
    profile: ["name", "groups"],
  },
  findAccount: (_: unknown, id: string) => ({
    accountId: id,
    claims: () => ({ sub: id, ...accounts[id] }),
  }),
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_: unknown, { uid }: { uid: string }) => `/choose/${uid}` },
  loadExistingGrant,
});

provider.use(async (context, next) => {
  await next();
  if (context.path === "/token") context.body = spoil(context.body, faults);
  const back = context.response.get("location");
  if (faults.answeringIssuer && back.includes("code=")) {
    const url = new URL(back);
    url.searchParams.set("iss", faults.answeringIssuer);
    context.response.set("location", url.href);
  }
});

/** Whoever is known here has agreed to everything. */
async function loadExistingGrant(context: {
  oidc: { session: { accountId: string }; client: { clientId: string } };
}) {
  const { session, client } = context.oidc;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope(SCOPES);
  await grant.save();
  return grant;
}

const answer = provider.callback();

createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", issuer);
  if (pathname === "/control") return void takeControl(request, response);
  if (faults.silent) return;
  if (pathname.startsWith("/choose/")) return void choose(request, response);
  answer(request, response);
}).listen(told.port, "127.0.0.1", () => console.log("ready"));

async function takeControl(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const wanted = control.parse(JSON.parse(await textOf(request)));
  accounts = { ...accounts, ...wanted.accounts };
  faults = wanted.faults;
  response.writeHead(204).end();
}

/** One button for each person; pressing it signs them in. */
async function choose(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === "POST") {
    const accountId = new URLSearchParams(await textOf(request)).get("account") ?? "";
    return provider.interactionFinished(request, response, { login: { accountId } });
  }
  const buttons = Object.keys(accounts).map(
    (id) => `<button name="account" value="${id}">${id}</button>`,
  );
  const page = `<!doctype html><html lang="en"><title>Who are you?</title><link rel="icon" href="data:,"><form method="post">${buttons.join("")}</form>`;
  response.writeHead(200, { "content-type": "text/html" }).end(page);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";

/** What GitHub says of one of its people. */
export interface GithubPerson {
  readonly id: number;
  readonly name: string | null;
  readonly email: string;
  readonly verified: boolean;
  readonly organizations: readonly string[];
}

export interface GithubStandIn extends AsyncDisposable {
  readonly url: string;
  /** By login. */
  readonly people: Map<string, GithubPerson>;
  /** The API answers 503 from now on, or no more. */
  broken: boolean;
}

interface Grant {
  readonly login: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

const CLIENT = { id: "github-client", secret: "github-client-secret" };

/** The part of GitHub Enterprise that a sign-in asks: its page, its token address, three of its API. */
export async function startGithub(): Promise<GithubStandIn> {
  const people = new Map<string, GithubPerson>();
  const [codes, tokens] = [new Map<string, Grant>(), new Map<string, string>()];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://github.invalid");
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (url.pathname === "/login/oauth/authorize") {
      return response
        .writeHead(200, { "content-type": "text/html" })
        .end(pageFor(people.keys(), url));
    }
    if (url.pathname === "/choose") {
      const code = randomUUID();
      const asked = url.searchParams;
      codes.set(code, {
        login: asked.get("login") ?? "",
        challenge: asked.get("code_challenge") ?? "none was sent",
        redirectUri: asked.get("redirect_uri") ?? "",
      });
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.search = String(new URLSearchParams({ code, state: asked.get("state") ?? "" }));
      return response.writeHead(302, { location: back.href }).end();
    }
    if (url.pathname === "/login/oauth/access_token") {
      const asked = new URLSearchParams(await textOf(request));
      const grant = codes.get(asked.get("code") ?? "");
      codes.delete(asked.get("code") ?? "");
      // GitHub answers 200 to this as well.
      if (!grant || !isRightful(asked, grant)) return send(200, { error: "bad_verification_code" });
      const token = `gho_${randomUUID()}`;
      tokens.set(token, grant.login);
      return send(200, { access_token: token, token_type: "bearer", scope: "read:user" });
    }
    const login = tokens.get(request.headers.authorization?.replace(/^Bearer /i, "") ?? "");
    const person = people.get(login ?? "");
    if (standIn.broken) return send(503, { message: "No server is available" });
    if (!login || !person) return send(401, { message: "Bad credentials" });
    const answers: Readonly<Record<string, unknown>> = {
      "/api/v3/user": { id: person.id, login, name: person.name },
      "/api/v3/user/emails": [
        { email: `${login}@users.noreply.example`, primary: false, verified: true },
        { email: person.email, primary: true, verified: person.verified },
      ],
      "/api/v3/user/orgs": person.organizations.map((organization) => ({ login: organization })),
    };
    return send(url.pathname in answers ? 200 : 404, answers[url.pathname] ?? {});
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const standIn: GithubStandIn = {
    url: `http://127.0.0.1:${port}`,
    people,
    broken: false,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
  return standIn;
}

/** As `auth.github` of the configuration. */
export function githubConfig({ url }: GithubStandIn, organizations: readonly string[]) {
  return { clientId: CLIENT.id, clientSecret: CLIENT.secret, url, organizations };
}

function isRightful(asked: URLSearchParams, { challenge, redirectUri }: Grant): boolean {
  const verifier = asked.get("code_verifier") ?? "";
  return (
    asked.get("client_id") === CLIENT.id &&
    asked.get("client_secret") === CLIENT.secret &&
    asked.get("redirect_uri") === redirectUri &&
    createHash("sha256").update(verifier).digest("base64url") === challenge
  );
}

function pageFor(logins: Iterable<string>, { searchParams }: URL): string {
  const links = [...logins].map((login) => {
    const to = new URLSearchParams([...searchParams, ["login", login]]);
    return `<a href="/choose?${String(to).replaceAll("&", "&amp;")}">${login}</a>`;
  });
  return `<!doctype html><html lang="en"><title>Who are you?</title><link rel="icon" href="data:,">${links.join("")}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

import { z } from "zod";
import { ask } from "./ask.ts";
import { METHODS } from "./tree.ts";

const PASSWORD = "a password of the walk";

export type Sent = Readonly<Record<string, string>>;

/** Someone's browser or program that sets the place up through the product's own routes. */
export class Client {
  readonly url: string;
  readonly headers: Sent;

  constructor(url: string, headers: Sent) {
    this.url = url;
    this.headers = headers;
  }

  /** A change that must go well; gives its answer in `shape`. */
  async change<Shape extends z.ZodType>(
    what: `${"POST" | "PATCH" | "DELETE"} /${string}`,
    shape: Shape,
    body?: unknown,
  ): Promise<z.output<Shape>> {
    const [method, path] = what.split(" ");
    const answer = await ask({
      url: `${this.url}${path}`,
      method: METHODS.find((known) => known === method) ?? "POST",
      headers: this.headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${answer.text}`);
    return shape.parse(JSON.parse(answer.text));
  }
}

/** Opens a one-time link as a browser would; then the person can sign in. */
export async function takeUp(url: string, link: string, person: { name: string; email: string }) {
  const token = new URL(link).searchParams.get("token");
  const anybody = new Client(url, { origin: url });
  await anybody.change("POST /api/welcome", z.object({ email: z.string() }), {
    token,
    ...person,
    password: PASSWORD,
  });
}

/** Signs in with a password; gives what the browser then sends. */
export async function signIn(url: string, email: string): Promise<Sent> {
  const answer = await ask({
    url: `${url}/api/auth/sign-in/email`,
    method: "POST",
    headers: { origin: url },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  if (answer.status !== 200) throw new Error(`${email}: ${answer.status} ${answer.text}`);
  return { cookie: cookies.join("; "), origin: url };
}

const invited = z.object({ link: z.string() });

/** A link for a new person. */
export async function invite(
  admin: Client,
  person: {
    readonly name: string;
    readonly email: string;
    readonly teams?: readonly string[];
    readonly admin?: boolean;
  },
): Promise<string> {
  return (await admin.change("POST /api/settings/people/invitations", invited, person)).link;
}

/** Asks one of our own view routes; throws with the sentence that the server gave. */
export async function fetchView<View>(
  path: string,
  parameters: Readonly<Record<string, string | null>>,
  signal: AbortSignal,
): Promise<View> {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => !!entry[1]);
  const query = given.length > 0 ? `?${new URLSearchParams(given)}` : "";
  const response = await fetch(`/api/views/${path}${query}`, { signal });
  if (!response.ok) throw new Error(await messageOf(response));
  return (await response.json()) as View;
}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const told = (body as { error?: { message?: unknown } } | null)?.error?.message;
  return typeof told === "string" ? told : `The server answered ${response.status}.`;
}

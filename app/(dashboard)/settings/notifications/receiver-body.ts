/** What a form about a receiver asks for. The address is left out where none was written. */
export function receiverBodyOf(form: FormData): object {
  const url = String(form.get("url") ?? "").trim();
  const kind = form.get("kind");
  return {
    name: form.get("name"),
    team: form.get("team") || null,
    kinds: form.getAll("kinds"),
    quietHours: quietHoursOf(form),
    ...(url === "" ? {} : { url }),
    ...(kind === null ? {} : { kind }),
  };
}

function quietHoursOf(form: FormData): object | null {
  const from = form.get("from");
  const to = form.get("to");
  return from || to ? { zone: form.get("zone"), from, to } : null;
}

import { UpstreamError } from "#collectors/collector.ts";
import { RefusedQuery } from "#collectors/prometheus/failure.ts";
import { config } from "#config/current.ts";
import { log } from "#config/log.ts";
import { type Source, sourcesOf } from "#jobs/sources.ts";

const KEY = Symbol.for("plimsoll.editor.sources");
const holder = globalThis as { [KEY]?: Map<string, Source> };

/** A source of the configuration by its name; null when it has none. What a server is stays known. */
export function editorSource(name: string): Source | null {
  holder[KEY] ??= sourcesOf(config());
  return holder[KEY].get(name) ?? null;
}

/** In words why a source did not answer; `late` is said when it was our own patience that ended. */
export function failureWords(error: unknown, late: string | null): string {
  if (late !== null) return late;
  if (error instanceof UpstreamError || error instanceof RefusedQuery) return error.message;
  log().error({ err: error }, "a look from the editor failed");
  return "Something went wrong on our side; the log says what.";
}

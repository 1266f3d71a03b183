import { type Config, loadConfig } from "#config/config.ts";

const KEY = Symbol.for("plimsoll.config");
const holder = globalThis as { [KEY]?: Config };

/** The configuration of this process, read once. */
export function config(): Config {
  holder[KEY] ??= loadConfig(process.env, process.cwd());
  return holder[KEY];
}

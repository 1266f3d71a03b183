/** The configuration is wrong: `message` says where and what to do. Shown without a stack. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * A string as PromQL reads it, in double quotes. Halves of surrogate pairs become U+FFFD.
 * @example promqlString('a "b"') // "\"a \\\"b\\\"\""
 */
export function promqlString(text: string): string {
  return JSON.stringify(text.toWellFormed());
}

/**
 * Text that Prometheus's templates, in which labels and annotations of alerts are written, leave as
 * it is. Never put a template directly behind it: it may end in a brace.
 * @example templateText("{{ x }}") // "{{\"{{\"}} x }}"
 */
export function templateText(text: string): string {
  return text.replaceAll("{{", '{{"{{"}}');
}

/** JSON leaves these as they are, YAML 1.1 takes them for line breaks or refuses them. */
const YAML_SPECIAL = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * A string as every YAML reader reads it, in double quotes.
 * @example yamlString("yes") // "\"yes\""
 */
export function yamlString(text: string): string {
  const escaped = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(text.toWellFormed()).replaceAll(YAML_SPECIAL, escaped);
}

/**
 * A number as PromQL and people read it, to 12 digits: `0.0144`, never `0.014400000000000001`.
 * @example numberText(14.4 * 0.001) // "0.0144"
 */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(12)));
}

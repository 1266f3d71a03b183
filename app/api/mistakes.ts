import type { z } from "zod";
import type { ErrorDetail } from "#app/api/respond.ts";

type Issue = z.core.$ZodRawIssue;

/** So many names that are not known are told of; a body of nothing else is not answered with as much. */
const MOST_NAMES = 20;

type Checked<T> =
  | { readonly data: T; readonly mistakes: null }
  | { readonly data: null; readonly mistakes: readonly ErrorDetail[] };

/** What is said of a name that a request gives and nobody knows. */
export const NO_SUCH = "no such field";

/** What a request says by `shape`, or every mistake at once, each with its field and what it must be. */
export function checked<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
): Checked<z.output<Shape>> {
  const { data, error } = shape.safeParse(value, { error: wordsFor });
  return error
    ? { data: null, mistakes: error.issues.flatMap(mistakesOf) }
    : { data, mistakes: null };
}

/** A name that is not known stands where the others do: as the field that is wrong. */
function mistakesOf(issue: z.core.$ZodIssue): ErrorDetail[] {
  const names = issue.code === "unrecognized_keys" ? issue.keys.slice(0, MOST_NAMES) : [];
  const field = (path: readonly PropertyKey[]) => path.map(String).join(".");
  if (names.length === 0) return [{ field: field(issue.path), message: issue.message }];
  return names.map((name) => ({ field: field([...issue.path, name]), message: NO_SUCH }));
}

/** Our words where a schema has none of its own; undefined leaves it to zod. */
function wordsFor(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "is missing"
        : `must be ${TYPE_WORD[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return issue.input === undefined
        ? "is missing"
        : `must be ${oneOf(issue.values.map(String))}`;
    case "invalid_union":
      return issue.input === undefined ? "is missing" : "has none of the forms that it may have";
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      return tooBig(issue);
    case "invalid_format":
      return FORMAT_WORDS[issue.format] ?? "does not have the form that it must have";
    default:
      return undefined;
  }
}

const TYPE_WORD: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  datetime: "must be an ISO 8601 time, such as 2026-07-01T10:00:00Z",
  url: "must be an address, such as https://example.com/page",
  email: "must be an e-mail address",
};

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>) {
  const unit = UNITS[origin];
  if (unit && Number(minimum) === 1) return "must not be empty";
  if (unit) return `must have at least ${minimum} ${unit}`;
  return inclusive === false ? `must be more than ${minimum}` : `must be at least ${minimum}`;
}

function tooBig({ origin, maximum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>) {
  const unit = UNITS[origin];
  if (unit) return `may have at most ${maximum} ${unit}`;
  return inclusive === false ? `must be less than ${maximum}` : `must be at most ${maximum}`;
}

const UNITS: Readonly<Record<string, string>> = {
  string: "characters",
  array: "items",
  map: "items",
};

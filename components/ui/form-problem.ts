/** Why a change was refused: the sentence, and what is wrong with single fields. */
export interface FormProblem {
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What is wrong with a field; undefined when nothing is. A list's entry (`teams.0`) is its list's. */
export function fieldProblem(problem: FormProblem | null, field: string): string | undefined {
  if (!problem) return undefined;
  const key = Object.keys(problem.fields).find((name) => name.split(".")[0] === field);
  return key === undefined ? undefined : problem.fields[key];
}

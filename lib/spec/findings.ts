import type { ErrorCode, LintCode, LossCode } from "#lib/spec/codes.ts";
import type { Key, Located } from "#lib/spec/located.ts";
import type { Finding } from "#lib/spec/model.ts";

/** Whoever reads a file with more findings than this starts with the first ones anyway. */
const MAX_FINDINGS = 1000;

/** Gathers what reading a file finds, so that every error is told at once. */
export class Findings {
  readonly file: string;
  readonly #list: Finding[] = [];
  #errors = 0;
  #more = 0;

  constructor(file: string) {
    this.file = file;
  }

  /** How many errors there are so far: a part is right when this did not grow while it was read. */
  get errors(): number {
    return this.#errors;
  }

  /** In the order of the file; where there are too many, the last one says how many are left out. */
  get sorted(): Finding[] {
    const sorted = this.#list.toSorted((a, b) => a.line - b.line || a.column - b.column);
    const last = sorted.at(-1);
    if (this.#more === 0 || !last) return sorted;
    const message = `has ${this.#more} more findings like these; correct some and read it again`;
    return [...sorted, { ...last, path: "", severity: "error", code: "too-many", message }];
  }

  error(at: Key | Located, code: ErrorCode, message: string): null {
    this.#errors++;
    return this.#add("error", at, code, message);
  }

  lint(at: Key | Located, code: LintCode, message: string): null {
    return this.#add("lint", at, code, message);
  }

  loss(at: Key | Located, code: LossCode, message: string): null {
    return this.#add("loss", at, code, message);
  }

  #add(severity: Finding["severity"], at: Key | Located, code: string, message: string): null {
    if (this.#list.length === MAX_FINDINGS) {
      this.#more++;
      return null;
    }
    const { line, column, path } = at;
    this.#list.push({ severity, code, file: this.file, line, column, path, message });
    return null;
  }
}

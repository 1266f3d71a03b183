import { isWholeRepository } from "#lib/sources/repositoryFiles.ts";

interface DocumentPlaceProps {
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
  /** Where the document stands on the web; null for a file of the folder. */
  readonly url: string | null | undefined;
}

/** A place in a document, which leads to its line where the document can be looked at. */
export function DocumentPlace({ place: { file, line, column }, url }: DocumentPlaceProps) {
  if (isWholeRepository(file)) return file.slice(0, -1);
  const text = `${file}:${line}:${column}`;
  if (!url) return text;
  return (
    <a href={`${url}#L${line}`} className="underline underline-offset-2" rel="noreferrer">
      {text}
    </a>
  );
}

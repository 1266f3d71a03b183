import { Time } from "#components/ui/time.tsx";
import { momentPieces } from "#lib/format/moments.ts";

interface ZonedTextProps {
  readonly text: string;
  /** Moments that the text spells in UTC: epoch ms or ISO 8601; null ones are passed over. */
  readonly moments: readonly (number | string | null)[];
}

/** A sentence made on the server, its moments in the viewer's zone like all others of the page. */
export function ZonedText({ text, moments }: ZonedTextProps) {
  const known = moments.flatMap((at) =>
    at === null ? [] : [typeof at === "string" ? Date.parse(at) : at],
  );
  return momentPieces(text, known).map((piece) =>
    typeof piece === "string" ? piece : <Time key={piece.at} at={piece.at} show={piece.show} />,
  );
}

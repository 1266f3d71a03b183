import { dateTime, timeOfDay } from "#lib/format/time.ts";

/** A moment within a text: epoch ms. */
export interface MomentPiece {
  readonly at: number;
  readonly show: "absolute" | "clock";
}

/**
 * Cuts a sentence at the moments (epoch ms) that it spells in UTC, so that a page can spell them in the
 * zone of its reader. A moment that it does not spell leaves it whole.
 * @example momentPieces("It lifts on 4 Jul, 16:20 UTC.", [at]) // ["It lifts on ", { at, show: "absolute" }, "."]
 */
export function momentPieces(
  text: string,
  moments: readonly number[],
): readonly (string | MomentPiece)[] {
  let pieces: (string | MomentPiece)[] = [text];
  for (const at of moments) {
    for (const [spelt, show] of spellings(at)) {
      pieces = pieces.flatMap((piece) =>
        typeof piece === "string" ? cut(piece, spelt, { at, show }) : [piece],
      );
    }
  }
  return pieces.filter((piece) => piece !== "");
}

/** Longest first: a time of day is the end of a longer one. */
function spellings(at: number): (readonly [string, MomentPiece["show"]])[] {
  const clock = timeOfDay(at, "UTC");
  return [
    [`${dateTime(at, "UTC")} UTC`, "absolute"],
    [`${new Date(at).toISOString().slice(0, 10)} ${clock} UTC`, "absolute"],
    [`${clock} UTC`, "clock"],
  ];
}

function cut(text: string, spelt: string, piece: MomentPiece): (string | MomentPiece)[] {
  return text.split(spelt).flatMap((part, i) => (i === 0 ? [part] : [piece, part]));
}

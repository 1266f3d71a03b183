import { queryOptions } from "@tanstack/react-query";
import { getJson } from "#app/_data/get-json.ts";
import type { PreviewAnswer, Reach } from "#components/editor/view.ts";
import { MINUTE } from "#lib/time/duration.ts";

export interface PreviewQuestion {
  readonly text: string;
  /** The document in force that it is to replace. */
  readonly file: string | null;
  /** `service/name`. */
  readonly slo: string;
  readonly source: string | null;
  readonly reach: Reach;
  /** What of the SLO decides the answer: as long as it is the same, the answer is. */
  readonly fingerprint: string;
}

/** What an SLO that is being written would say; a new question ends the one before. */
export function previewQuery({ fingerprint, ...body }: PreviewQuestion) {
  const { slo, source, reach } = body;
  return queryOptions({
    queryKey: ["editor-preview", fingerprint, slo, source, reach],
    queryFn: ({ signal }) => postPreview(body, signal),
    staleTime: MINUTE,
    gcTime: 5 * MINUTE,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

async function postPreview(body: object, signal: AbortSignal): Promise<PreviewAnswer> {
  const response = await fetch("/api/editor/preview", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new Error(answer?.error?.message ?? `The server answered ${response.status}.`);
}

/** Names for completion, as a source has them; none where it does not answer: completion is no place for errors. */
export async function fetchNames(asked: Readonly<Record<string, string>>): Promise<string[]> {
  const query = new URLSearchParams(asked).toString();
  const signal = AbortSignal.timeout(8_000);
  try {
    const { names } = await getJson<{ names: string[] }>(`/api/editor/names?${query}`, signal);
    return names;
  } catch {
    return [];
  }
}

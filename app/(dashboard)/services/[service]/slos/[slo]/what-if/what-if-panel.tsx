"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { whatIfQuery } from "#app/_data/whatif/query.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Time } from "#components/ui/time.tsx";
import { ChangeForm } from "#components/whatif/change-form.tsx";
import { SuggestionNote } from "#components/whatif/suggestion-note.tsx";
import type { Compared, WhatIf } from "#components/whatif/view.ts";
import { definitionWords, lookedBack } from "#components/whatif/words.ts";
import { Results } from "./results.tsx";
import { useSettled, useWhatIfUrl } from "./what-if-url.ts";

interface WhatIfPanelProps {
  readonly service: string;
  readonly name: string;
}

/** A form, and what the SLO's history would have been: at typing speed, with the address as memory. */
export function WhatIfPanel({ service, name }: WhatIfPanelProps) {
  const url = useWhatIfUrl();
  const query = useQuery(whatIfQuery({ service, name, fields: useSettled(url.fields) }));
  const good = useLastGood(query.data);
  const about = query.data;
  if (!about) return null;
  const { compared } = about;
  if (!compared) {
    return (
      <Card>
        <Empty title="Nothing to compare yet">{about.why}</Empty>
      </Card>
    );
  }
  const shown = compared.asked ? compared : (good ?? compared);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4" aria-busy={query.isFetching}>
      <Card>
        <ChangeForm
          about={about}
          fields={asTyped(url.fields)}
          onChange={url.setField}
          onReset={url.reset}
        />
        <SuggestionNote
          suggestion={compared.suggestion}
          shown={compared.asked?.objective ?? null}
          onTry={(objective) => url.setField("objective", objective)}
        />
      </Card>
      <Notices about={about} shown={shown} failure={query.error} />
      <Results compared={shown} unit={about.unit} changed={about.changed || !compared.asked} />
      <p className="text-small text-ink-3">
        Looked back over {lookedBack(shown)}, from <Time at={shown.from} /> to{" "}
        <Time at={shown.to} />, with what is excluded left out. Both columns are computed from the
        same history, as if each definition had been in force all the time; nothing is saved.
      </p>
    </div>
  );
}

function asTyped({ objective, window, thresholds }: WhatIf["fields"]) {
  return { objective: objective ?? "", window: window ?? "", thresholds: thresholds ?? "" };
}

/** The newest comparison without a mistake stays while somebody is in the middle of a number. */
function useLastGood(about: WhatIf | undefined): Compared | null {
  const newest = about?.compared?.asked ? about.compared : null;
  const [good, setGood] = useState(newest);
  if (newest && newest !== good) setGood(newest);
  return newest ?? good;
}

interface NoticesProps {
  readonly about: WhatIf;
  readonly shown: Compared;
  readonly failure: Error | null;
}

/** What a reader must know before believing the figures below. */
function Notices({ about, shown, failure }: NoticesProps) {
  const isOld = Object.keys(about.mistakes).length > 0;
  return (
    <div className="grid gap-2 empty:hidden" role="status">
      {isOld && (
        <Banner tone="warning">
          {shown.asked
            ? `What is written cannot be read yet. Below is the last that could: ${definitionWords(shown.asked)}.`
            : "What is written cannot be read yet. Below is the present definition alone."}
        </Banner>
      )}
      {failure && (
        <Banner tone="warning">
          This could not be computed: {failure.message} Below is the last answer.
        </Banner>
      )}
    </div>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { readExceptionView } from "#app/_data/policy/exception.ts";
import { DecideForm } from "#app/(dashboard)/policy/exceptions/[exception]/decide-form.tsx";
import { EndButton } from "#app/(dashboard)/policy/exceptions/[exception]/end-button.tsx";
import { enterPage } from "#app/access.ts";
import { idOf } from "#app/api/exceptions/door.ts";
import { AskLink } from "#components/policy/ask-link.tsx";
import { ExceptionFacts } from "#components/policy/exception-facts.tsx";
import { ExceptionHead } from "#components/policy/exception-head.tsx";
import { ExceptionHistory } from "#components/policy/exception-history.tsx";
import type { ExceptionView } from "#components/policy/view.ts";
import { DECIDING_WORDS } from "#components/policy/words.ts";
import { Section } from "#components/ui/card.tsx";
import { store } from "#db/client.ts";

interface PageProps {
  readonly params: Promise<{ readonly exception: string }>;
}

export const metadata: Metadata = { title: "Exception" };

/** What is it asked for, who decided, and until when does it hold? */
export default async function ExceptionPage({ params }: PageProps) {
  const actor = await enterPage("/policy/exceptions/[exception]");
  const id = idOf((await params).exception);
  const { db } = await store();
  const view = id === null ? null : await readExceptionView(db, { id, actor, now: Date.now() });
  if (!view) notFound();
  return (
    <article className="space-y-5">
      <ExceptionHead view={view}>{view.isEditor && <Turn view={view} />}</ExceptionHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 xl:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <Section title="What is asked">
          <ExceptionFacts view={view} />
        </Section>
        <div className="space-y-5">
          {view.state === "asked" && <Decision view={view} />}
          <Section title="History">
            <ExceptionHistory view={view} />
            {actor.kind === "person" && actor.admin && (
              <p className="border-t border-line px-4 py-2.5 text-small">
                <Link
                  href={`/settings/audit?subject=${encodeURIComponent(`exception:${view.id}`)}`}
                  className="prose-link"
                >
                  In the audit log
                </Link>
              </p>
            )}
          </Section>
        </div>
      </div>
    </article>
  );
}

function Decision({ view }: { view: ExceptionView }) {
  return (
    <Section title="Decision">
      {view.deciding === "may" ? (
        <DecideForm id={view.id} />
      ) : (
        <p className="border-t border-line px-4 py-3 text-[13px] text-ink-2">
          {DECIDING_WORDS[view.deciding]}
        </p>
      )}
    </Section>
  );
}

/** What can be done with it besides deciding. */
function Turn({ view }: { view: ExceptionView }) {
  const { id, state, service } = view;
  if (state === "asked") return <EndButton id={id} turn="withdraw" />;
  if (state === "in-force") return <EndButton id={id} turn="revoke" />;
  return <AskLink label="Ask for it anew" ask={{ service, follows: String(id) }} />;
}

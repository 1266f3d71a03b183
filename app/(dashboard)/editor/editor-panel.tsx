"use client";

import { useState } from "react";
import { EditorNotices } from "#app/(dashboard)/editor/editor-notices.tsx";
import { Preview, Save } from "#app/(dashboard)/editor/looking.tsx";
import { TemplateSwitch } from "#app/(dashboard)/editor/template-switch.tsx";
import { useDocument, type WrittenDocument } from "#app/(dashboard)/editor/use-document.ts";
import { useNames } from "#app/(dashboard)/editor/use-names.ts";
import { CodeField } from "#components/editor/code-field.tsx";
import { FindingsList } from "#components/editor/findings-list.tsx";
import type { EditorStart } from "#components/editor/view.ts";
import { Section } from "#components/ui/card.tsx";

/** The text and its findings at the left; at the right what it says, and the way to save it. */
export default function EditorPanel({ start }: { start: EditorStart }) {
  const written = useDocument(start);
  const { read, chosen } = written;
  const [picked, setPicked] = useState(start.sources[0] ?? null);
  const source = chosen?.definition.datasource ?? picked;
  return (
    <>
      <EditorNotices start={start} written={written} />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <div className="min-w-0 space-y-5">
          <Text start={start} written={written} source={source} />
          <FindingsList findings={read.findings} slos={read.slos.length} onGo={written.go} />
        </div>
        <div className="min-w-0 space-y-5">
          <Preview start={start} written={written} source={source} onSource={setPicked} />
          <Save start={start} written={written} />
        </div>
      </div>
    </>
  );
}

interface TextProps {
  readonly start: EditorStart;
  readonly written: WrittenDocument;
  readonly source: string | null;
}

function Text({ start: { opened, mayAsk }, written, source }: TextProps) {
  const names = useNames(mayAsk ? source : null);
  const { draft, read, onText, onLine, onReady } = written;
  return (
    <Section
      title={opened?.path ?? "Document"}
      aside={opened ? null : <TemplateSwitch written={written} />}
      className="min-w-0 overflow-hidden"
    >
      <CodeField
        text={draft.text}
        names={names}
        findings={read.findings}
        {...{ onText, onLine, onReady }}
      />
    </Section>
  );
}

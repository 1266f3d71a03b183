import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { WrittenDocument } from "#app/(dashboard)/editor/use-document.ts";
import { Button } from "#components/ui/button.tsx";
import { DIALECT_NAMES, DIALECTS, TEMPLATES } from "#lib/editor/templates.ts";

/** Puts a whole example of a dialect in place of the text; undone as any change is. */
export function TemplateSwitch({ written }: { written: WrittenDocument }) {
  const [, setDialect] = useQueryState(
    "dialect",
    parseAsStringLiteral(DIALECTS).withDefault("plain").withOptions({ history: "replace" }),
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, these are buttons
    <div role="group" aria-label="Begin with an example" className="flex flex-wrap gap-1.5">
      {DIALECTS.map((name) => (
        <Button
          key={name}
          aria-pressed={written.text === TEMPLATES[name]}
          onClick={() => {
            void setDialect(name);
            written.replace(TEMPLATES[name]);
          }}
        >
          {DIALECT_NAMES[name]}
        </Button>
      ))}
    </div>
  );
}

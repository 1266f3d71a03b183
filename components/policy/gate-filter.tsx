import Form from "next/form";
import Link from "next/link";
import { gateLogPath } from "#components/layout/paths.ts";
import type { GateLogView } from "#components/policy/view.ts";
import { DECISION_WORD } from "#components/policy/words.ts";
import { SelectField } from "#components/ui/field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** The filter stands in the address, so it can be kept and sent to others; it works without scripts. */
export function GateFilter({ view: { fields, mistakes, services } }: { view: GateLogView }) {
  const isKnown = fields.service === "" || services.includes(fields.service);
  return (
    <Form action="/policy/gate" className="space-y-4 px-4 pb-4">
      <div className="grid gap-4 sm:grid-cols-[repeat(2,minmax(0,16rem))]">
        <SelectField
          label="Service"
          name="service"
          data-filter-box
          defaultValue={fields.service}
          problem={mistakes.service}
        >
          <option value="">All</option>
          {!isKnown && <option>{fields.service}</option>}
          {services.map((service) => (
            <option key={service}>{service}</option>
          ))}
        </SelectField>
        <SelectField
          label="Answer"
          name="decision"
          defaultValue={mistakes.decision ? "" : fields.decision}
          problem={mistakes.decision}
        >
          <option value="">All</option>
          {Object.entries(DECISION_WORD).map(([decision, word]) => (
            <option key={decision} value={decision}>
              {word}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton>Show</SubmitButton>
        {(fields.service !== "" || fields.decision !== "") && (
          <Link href={gateLogPath()} className="prose-link text-[13px]">
            Clear the filter
          </Link>
        )}
      </div>
    </Form>
  );
}

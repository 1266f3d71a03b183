import Form from "next/form";
import Link from "next/link";
import type { AskedFilter, Field } from "#app/_data/settings/audit/filter.ts";
import { TextField } from "#components/ui/field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

type AuditFilterFormProps = Pick<AskedFilter, "fields" | "mistakes">;

const TEXTS: readonly { name: Field; label: string; placeholder: string }[] = [
  { name: "who", label: "Who", placeholder: "part of a name" },
  { name: "action", label: "Action", placeholder: "token.created" },
  { name: "subject", label: "Subject", placeholder: "ci-checkout" },
  { name: "team", label: "Team", placeholder: "shop" },
];

/** The filter stands in the address, so it can be kept and sent to others; it works without scripts. */
export function AuditFilterForm({ fields, mistakes }: AuditFilterFormProps) {
  return (
    <Form action="/settings/audit" className="space-y-4 px-4 pb-4">
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 xl:grid-cols-6">
        {TEXTS.map(({ name, ...words }) => (
          <TextField
            key={name}
            name={name}
            {...words}
            defaultValue={fields[name]}
            autoComplete="off"
            problem={mistakes[name]}
          />
        ))}
        <TextField
          type="date"
          name="from"
          label="First day"
          defaultValue={mistakes.from ? "" : fields.from}
          problem={mistakes.from}
        />
        <TextField
          type="date"
          name="to"
          label="Last day"
          defaultValue={mistakes.to ? "" : fields.to}
          problem={mistakes.to}
        />
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton>Show</SubmitButton>
        {Object.values(fields).some((text) => text !== "") && (
          <Link href="/settings/audit" className="prose-link text-[13px]">
            Clear the filter
          </Link>
        )}
      </div>
    </Form>
  );
}

import { z } from "zod";
import type { GateRule } from "#lib/policy/gateInput.ts";
import { DEFAULT_GATE_RULES, type GateRules } from "#lib/policy/gateRules.ts";

const rule = {
  mode: z.enum(["enforce", "dry-run"], { error: "must be enforce or dry-run" }).optional(),
  unknown: z.enum(["open", "closed"], { error: "must be open or closed" }).optional(),
};

/** A name, or a regular expression between slashes. */
const environment = z.string().transform((text, context) => {
  const pattern = /^\/(.+)\/(i?)$/.exec(text);
  if (!pattern) return text;
  try {
    return new RegExp(pattern[1] ?? "", pattern[2]);
  } catch {
    context.addIssue({ code: "custom", message: `${text} is no regular expression` });
    return z.NEVER;
  }
});

/** What the gate does in which environment; what is left out is as in `default`. */
export const gateShape = z
  .strictObject({
    default: z.strictObject(rule).default({}),
    environments: z.record(z.string().min(1), z.strictObject(rule)).default({}),
  })
  .transform((said, context): GateRules => {
    const base = over(DEFAULT_GATE_RULES.default, said.default);
    const environments = Object.entries(said.environments).flatMap(([name, own]) => {
      const match = environment.safeParse(name);
      if (match.success) return [{ match: match.data, rule: over(base, own) }];
      const message = match.error.issues[0]?.message ?? "";
      context.addIssue({ code: "custom", path: ["environments", name], message });
      return [];
    });
    return { default: base, environments };
  });

function over(base: GateRule, said: { [Key in keyof GateRule]?: GateRule[Key] | undefined }) {
  return { mode: said.mode ?? base.mode, unknown: said.unknown ?? base.unknown };
}

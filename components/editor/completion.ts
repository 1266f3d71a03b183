import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { newCompleteStrategy } from "@prometheus-io/codemirror-promql";
import { documentLanguage, promql } from "#components/editor/promql-in-yaml.ts";
import { fieldsAt } from "#lib/editor/fields.ts";

/** Names that a source has; empty where nobody may ask, or it does not answer. */
export interface Names {
  metrics(part: string): Promise<readonly string[]>;
  labels(metric: string | null): Promise<readonly string[]>;
  values(label: string, metric: string | null): Promise<readonly string[]>;
}

/** Names of fields anywhere in a document; functions, metrics, labels and their values in queries. */
export function completion(names: Names): Extension {
  const strategy = newCompleteStrategy({ remote: sourceOf(names), maxMetricsMetadata: 0 });
  const inQuery = (context: CompletionContext) => strategy.promQL(context);
  return [
    autocompletion({ icons: false, activateOnTypingDelay: 150 }),
    documentLanguage.data.of({ autocomplete: completeField }),
    promql.data.of({ autocomplete: inQuery }),
  ];
}

/** PromQL's own completion asks through this; what it may ask is only what our server answers. */
function sourceOf(names: Names) {
  return {
    metricNames: async (part = "") => [...(await names.metrics(part))],
    labelNames: async (metric = "") => [...(await names.labels(metric || null))],
    labelValues: async (label: string, metric = "") => [
      ...(await names.values(label, metric || null)),
    ],
    metricMetadata: async () => ({}),
    series: async () => [],
    flags: async () => ({}),
  };
}

function completeField({ state, pos, explicit }: CompletionContext): CompletionResult | null {
  const found = fieldsAt(state.doc.toString(), pos);
  if (!found || (found.from === pos && !explicit)) return null;
  const options = found.choices.filter(({ taken }) => !taken).map(({ name }) => optionOf(name));
  return options.length === 0 ? null : { from: found.from, options, validFor: /^[\w-]*$/ };
}

function optionOf(name: string): Completion {
  return { label: name, type: "property", apply: `${name}: ` };
}

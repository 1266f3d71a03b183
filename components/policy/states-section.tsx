import { States } from "#components/policy/states.tsx";
import type { PolicyView } from "#components/policy/view.ts";
import { Section } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

/** The services of which something is asked; or why there are none. */
export function StatesSection({ view }: { view: PolicyView }) {
  const { states, evaluatedAt, mayAsk } = view;
  return (
    <Section title="What the policies ask">
      {states.length > 0 ? (
        <States lines={states} mayAsk={mayAsk} />
      ) : evaluatedAt === null ? (
        <Empty title="Nothing is known yet">
          No enforced SLO has been evaluated. What policies ask stands here after the first
          evaluation.
        </Empty>
      ) : (
        <Empty title="Nothing is asked">Every enforced SLO is Healthy: changes may ship.</Empty>
      )}
    </Section>
  );
}

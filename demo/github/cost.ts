import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";

type Variables = Readonly<Record<string, unknown>>;

interface Count {
  /** Requests that GitHub would need to fill every connection. */
  requests: number;
  /** Nodes that may come back; over 500,000 is refused. */
  nodes: number;
  /** Rows of the largest outermost page. */
  widest: number;
}

interface Walk {
  readonly variables: Variables;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly count: Count;
}

/**
 * What a query costs by GitHub's published formula: one request per connection and parent, as if every
 * page were full; the sum through 100, rounded, at least 1.
 */
export function costOf(document: DocumentNode, variables: Variables) {
  const count: Count = { requests: 0, nodes: 0, widest: 0 };
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  for (const each of document.definitions) {
    if (each.kind === Kind.OPERATION_DEFINITION)
      visit({ variables, fragments, count }, each.selectionSet, 1);
  }
  const points = Math.max(1, Math.round(count.requests / 100));
  return { points, nodes: count.nodes, widest: count.widest };
}

function visit(walk: Walk, set: SelectionSetNode, parents: number): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.selectionSet)
        visit(walk, selection.selectionSet, parents * fanOut(walk, selection, parents));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      visit(walk, selection.selectionSet, parents);
    } else {
      const fragment = walk.fragments.get(selection.name.value);
      if (fragment) visit(walk, fragment.selectionSet, parents);
    }
  }
}

/** How many objects the field gives per parent; notes what a connection costs. */
function fanOut(walk: Walk, field: FieldNode, parents: number): number {
  const page = numberOf(walk, field, "first") ?? numberOf(walk, field, "last");
  if (page !== null) {
    walk.count.requests += parents;
    walk.count.nodes += parents * page;
    if (parents === 1) walk.count.widest = Math.max(walk.count.widest, page);
    return page;
  }
  const ids = argument(walk, field, "ids");
  return Array.isArray(ids) ? ids.length : 1;
}

function numberOf(walk: Walk, field: FieldNode, name: string): number | null {
  const value = argument(walk, field, name);
  return value === null ? null : Number(value);
}

function argument({ variables }: Walk, field: FieldNode, name: string): unknown {
  const value: ValueNode | undefined = field.arguments?.find((a) => a.name.value === name)?.value;
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value] ?? null;
  if (value?.kind === Kind.LIST) return value.values;
  return value?.kind === Kind.INT ? value.value : null;
}

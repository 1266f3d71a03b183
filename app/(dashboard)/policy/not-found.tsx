import { Missing } from "#components/layout/missing.tsx";

/** A link to an exception that nobody asked for. */
export default function ExceptionNotFound() {
  return (
    <Missing
      title="There is no such exception"
      list={{ href: "/policy/exceptions", name: "The list of exceptions" }}
    />
  );
}

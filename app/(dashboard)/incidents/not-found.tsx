import { Missing } from "#components/layout/missing.tsx";

/** A link to an incident that is not known here. */
export default function IncidentNotFound() {
  return (
    <Missing
      title="There is no such incident"
      list={{ href: "/incidents", name: "The list of incidents" }}
    />
  );
}

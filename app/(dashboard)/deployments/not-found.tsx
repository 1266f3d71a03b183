import { Missing } from "#components/layout/missing.tsx";

/** A link to a deployment that is not known here. */
export default function DeploymentNotFound() {
  return (
    <Missing
      title="There is no such deployment"
      why="Its link may have been cut short, or its source not yet asked."
      list={{ href: "/deployments", name: "The list of deployments" }}
    />
  );
}

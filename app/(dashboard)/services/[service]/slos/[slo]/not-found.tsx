"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { Empty } from "#components/ui/empty.tsx";

/** A name that no SLO has or had: where to look for the right one. */
export default function SloNotFound() {
  const { service = "", slo = "" } = useParams<{ service: string; slo: string }>();
  const [serviceName, sloName] = [decodeURIComponent(service), decodeURIComponent(slo)];
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <Empty title={`There is no SLO ${serviceName}/${sloName}`}>
        <p>
          Its document may not have been read, or may have an error: the{" "}
          <Link href="/sources" className="prose-link">
            sources page
          </Link>{" "}
          lists every document with what was found in it. After a rename, name the old one under
          “formerly” so that links follow.
        </p>
        <p className="mt-3">
          <Link href={`/services/${service}`} className="prose-link">
            All SLOs of {serviceName}
          </Link>
          {" · "}
          <Link href={`/?q=${encodeURIComponent(sloName)}`} className="prose-link">
            Search for {sloName}
          </Link>
        </p>
      </Empty>
    </>
  );
}

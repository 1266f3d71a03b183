"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { Empty } from "#components/ui/empty.tsx";

/** A name that no service in force has. */
export default function ServiceNotFound() {
  const { service = "" } = useParams<{ service: string }>();
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <Empty title={`No SLO in force names the service ${decodeURIComponent(service)}`}>
        <p>
          A new document is evaluated within a minute of being read; the{" "}
          <Link href="/sources" className="prose-link">
            sources page
          </Link>{" "}
          lists every document with what was found in it. The{" "}
          <Link href="/" className="prose-link">
            fleet
          </Link>{" "}
          lists every SLO in force.
        </p>
      </Empty>
    </>
  );
}

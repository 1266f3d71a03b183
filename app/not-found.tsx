import Link from "next/link";
import { Brand } from "#components/layout/brand.tsx";
import { Empty } from "#components/ui/empty.tsx";

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-[72ch] flex-col justify-center px-4">
      <div className="flex justify-center">
        <Brand />
      </div>
      <Empty isPage title="There is no such page">
        The service, SLO or team may have been renamed or its document taken away.{" "}
        <Link href="/" className="prose-link text-ink">
          The fleet
        </Link>{" "}
        lists everything that is in force.
      </Empty>
    </main>
  );
}

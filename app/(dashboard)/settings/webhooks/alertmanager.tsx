import Link from "next/link";
import { CopyBox } from "#components/ui/copy-box.tsx";

/** Alertmanager does not sign; it sends a token. */
export function Alertmanager({ url }: { url: string }) {
  return (
    <div className="space-y-3 px-4 pb-4 text-[13px]">
      <CopyBox label="Deliver to" text={url} />
      <p className="max-w-[80ch] text-ink-2">
        Alertmanager sends an{" "}
        <Link href="/settings/tokens" className="prose-link">
          API token
        </Link>{" "}
        with the scope ingest, for all teams, instead of a signature. Keep the token in a file that
        only Alertmanager reads, and name the file in its configuration:
      </p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-[7px] border border-line bg-bg px-3 py-2 font-mono text-[12.5px]"
      >
        {receiver(url)}
      </pre>
    </div>
  );
}

function receiver(url: string): string {
  return `receivers:
  - name: plimsoll
    webhook_configs:
      - url: ${url}
        send_resolved: true
        http_config:
          authorization:
            credentials_file: /etc/alertmanager/plimsoll-token`;
}

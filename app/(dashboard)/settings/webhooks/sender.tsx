import type { SecretView, SenderView } from "#app/_data/settings/webhooks/view.ts";
import { GivenSecret } from "#app/(dashboard)/settings/webhooks/given-secret.tsx";
import { NewSecret } from "#app/(dashboard)/settings/webhooks/new-secret.tsx";
import { RevokeSecret } from "#app/(dashboard)/settings/webhooks/revoke-secret.tsx";
import { CopyBox } from "#components/ui/copy-box.tsx";
import { Time } from "#components/ui/time.tsx";

interface SenderProps {
  /** As people know it. */
  readonly name: string;
  readonly sender: SenderView;
}

/** One who signs what they deliver: where to, and the secrets that they may sign with. */
export function Sender({ name, sender }: SenderProps) {
  const { source, url, secrets, mayAdd } = sender;
  return (
    <div className="space-y-3 px-4 pb-4">
      <CopyBox label="Deliver to" text={url} />
      <div>
        <h3 className="text-[13px] font-[560]">Secrets</h3>
        <p className="max-w-[80ch] text-small text-ink-3">
          To change one without losing a delivery: {SECOND[source]}, see that it is used, revoke the
          first.
        </p>
      </div>
      {secrets.length === 0 && (
        <p className="text-[13px] text-risk">
          No secret yet: every delivery from {name} is refused.
        </p>
      )}
      <ul>
        {secrets.map((secret) => (
          <Secret key={secret.id} name={name} source={source} secret={secret} />
        ))}
      </ul>
      {source === "github" && <NewSecret source={source} name={name} mayAdd={mayAdd} />}
      {source === "pagerduty" && mayAdd && <GivenSecret source={source} />}
      {!mayAdd && (
        <p className="text-small text-ink-3">
          Two may live at a time. Revoke the one that {name} no longer uses to add another.
        </p>
      )}
    </div>
  );
}

const SECOND: Readonly<Record<SenderView["source"], string>> = {
  github: "make a second and give it to GitHub",
  pagerduty: "add a second webhook in PagerDuty and its secret here",
};

interface SecretProps {
  readonly name: string;
  readonly source: SenderView["source"];
  readonly secret: SecretView;
}

function Secret({ name, source, secret }: SecretProps) {
  const { id, hint, createdAt, createdBy, lastUsedAt, opens } = secret;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 text-[13px]">
      <span className="font-mono text-[12.5px]">…{hint}</span>
      <span className="text-ink-2 [overflow-wrap:anywhere]">
        made {new Date(createdAt).toISOString().slice(0, 10)} by {createdBy}
      </span>
      <span className="text-ink-2">
        {lastUsedAt === null ? (
          "never used"
        ) : (
          <>
            used <Time at={lastUsedAt} show="relative" />
          </>
        )}
      </span>
      {!opens && (
        <span className="text-out [overflow-wrap:anywhere]">
          cannot be opened: PLIMSOLL_SECRET is another now; revoke it
        </span>
      )}
      <span className="ml-auto">
        <RevokeSecret source={source} id={id} title={`Revoke ${name}’s secret …${hint}`} />
      </span>
    </li>
  );
}

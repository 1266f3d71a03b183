"use client";

import type { ReactNode } from "react";
import { setSingleKeys, useSingleKeys } from "#components/keys/single-keys.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd, ModKey } from "#components/ui/kbd.tsx";

/** Which keys there are, and the switch for those that are single letters. */
export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const single = useSingleKeys();
  return (
    <Dialog label="Keys" onClose={onClose} className="max-w-[440px]">
      <div className="px-5 pt-4 pb-5">
        <div className="flex items-center justify-between">
          <h2 className="text-[15px]">Keys</h2>
          <Button onClick={onClose}>Close</Button>
        </div>
        <dl className="mt-3">
          <KeyLine
            keys={
              <>
                <ModKey /> <Kbd>K</Kbd>
              </>
            }
          >
            Go to an SLO, service, team or page
          </KeyLine>
          <KeyLine keys={<Kbd>/</Kbd>} off={!single}>
            Filter the list
          </KeyLine>
          <KeyLine
            keys={
              <>
                <Kbd>j</Kbd> <Kbd>k</Kbd>
              </>
            }
            off={!single}
          >
            Next and previous row
          </KeyLine>
          <KeyLine keys={<Kbd>Enter</Kbd>}>Open the row</KeyLine>
          <KeyLine keys={<Kbd>?</Kbd>} off={!single}>
            This help
          </KeyLine>
          <KeyLine keys={<Kbd>Esc</Kbd>}>Close what lies over the page</KeyLine>
        </dl>
        <label className="mt-4 flex cursor-pointer items-start gap-2.5 text-[13px] text-ink-2">
          <input
            type="checkbox"
            checked={single}
            onChange={({ target }) => setSingleKeys(target.checked)}
            className="mt-0.5 size-4 accent-accent"
          />
          <span>
            Single-letter keys act. Switch them off if you speak to your computer or press keys by
            accident; this browser remembers it.
          </span>
        </label>
      </div>
    </Dialog>
  );
}

function KeyLine({
  keys,
  off = false,
  children,
}: {
  keys: ReactNode;
  off?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="flex items-center justify-between gap-4 border-b border-line py-2 text-[13px] last:border-0">
      <dd className={off ? "text-ink-3 line-through" : ""}>
        {children}
        {off && <span className="sr-only"> (switched off)</span>}
      </dd>
      <dt className="flex gap-1">{keys}</dt>
    </div>
  );
}

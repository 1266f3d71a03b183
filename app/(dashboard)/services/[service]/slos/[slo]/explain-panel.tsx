"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { explanationQuery, type SloPageKey } from "#app/_data/slo/query.ts";
import { ExplanationBody } from "#components/slo/detail/explanation-body.tsx";
import type { NumberId } from "#lib/explain/explanation.ts";

interface ExplainPanelProps {
  readonly address: Omit<SloPageKey, "range" | "tier">;
  readonly number: NumberId;
  readonly onClose: () => void;
}

/** A sheet at the side of the page: how one number came about. */
export default function ExplainPanel({ address, number, onClose }: ExplainPanelProps) {
  const { data, error } = useQuery(explanationQuery(address, number));
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-black/40" />
        <Dialog.Content className="fixed inset-y-0 right-0 z-50 w-full max-w-[34rem] overflow-y-auto border-l border-line-2 bg-surface px-5 py-5 shadow-2xl focus:outline-none">
          <div className="mb-4 flex items-start justify-between gap-4">
            <div>
              <Dialog.Title className="text-[17px] font-semibold">
                {data?.title ?? "Explain"}
              </Dialog.Title>
              <Dialog.Description className="mt-1 text-[13px] text-ink-2">
                {data?.meaning ?? "How this number came about."}
              </Dialog.Description>
            </div>
            <Dialog.Close aria-label="Close" className="rounded-md p-1 text-ink-3 hover:text-ink">
              <X size={18} aria-hidden="true" />
            </Dialog.Close>
          </div>
          {data && <ExplanationBody explanation={data} service={address.service} />}
          {error && <p role="alert">{error.message}</p>}
          {!data && !error && <p className="text-ink-3">Reading the stored rows…</p>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

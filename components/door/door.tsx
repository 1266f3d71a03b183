import type { ReactNode } from "react";
import { Brand } from "#components/layout/brand.tsx";

interface DoorProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A page outside the frame: one column, one thing to do. */
export function Door({ title, children }: DoorProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[380px] flex-col justify-center px-4 py-10">
      <div className="flex justify-center pb-6">
        <Brand />
      </div>
      <div className="rounded-[10px] border border-line bg-surface px-5 pt-5 pb-6 shadow-[var(--shadow)]">
        <h1 className="pb-4 text-[18px]">{title}</h1>
        {children}
      </div>
    </main>
  );
}

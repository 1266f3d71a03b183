"use client";

import { Button } from "#components/ui/button.tsx";

export function PrintButton() {
  return (
    <Button onClick={() => window.print()} className="py-1.5">
      Print
    </Button>
  );
}

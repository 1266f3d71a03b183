"use client";

import { Command } from "cmdk";
import { useEffect, useState } from "react";
import { firstCommand, PaletteCommands } from "#components/palette/commands.tsx";
import { firstResult, Results } from "#components/palette/results.tsx";
import type { SearchView } from "#components/palette/view.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

export interface PaletteProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Null before the first answer. */
  readonly found: SearchView | null;
  readonly searching: boolean;
  readonly problem: string | null;
  readonly onGo: (path: string) => void;
  readonly onTheme: (theme: string) => void;
  readonly onHelp: () => void;
  readonly onClose: () => void;
}

/** Everything one can go to, by a few letters of its name. */
export function Palette(props: PaletteProps) {
  const { text, onText, found, searching, problem, onGo, onTheme, onHelp, onClose } = props;
  const [chosen, setChosen] = useState("");
  // Answers come later than letters: the choice goes back to the best of each, never to an older one.
  useEffect(() => setChosen((found && firstResult(found)) || firstCommand(text)), [found, text]);
  return (
    <Dialog
      label="Go to"
      onClose={onClose}
      className="mt-[12vh] max-w-[600px] max-sm:mt-2 max-sm:max-w-[calc(100%-16px)]"
    >
      <Command label="Go to" shouldFilter={false} loop value={chosen} onValueChange={setChosen}>
        <div className="flex items-center gap-3 border-b border-line px-4">
          <Command.Input
            data-first-focus
            value={text}
            onValueChange={onText}
            placeholder="Go to an SLO, service, team or page"
            className="h-12 min-w-0 flex-1 bg-transparent text-[15px] outline-none placeholder:text-ink-3"
          />
          <Kbd>Esc</Kbd>
        </div>
        <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto overscroll-contain p-2">
          <Command.Empty className="px-3 py-8 text-center text-ink-3">
            {searching ? "Looking …" : `Nothing here is called “${text.trim()}”.`}
          </Command.Empty>
          {problem && (
            <p className="px-3 py-2 text-[13px] text-out">The server cannot be asked: {problem}</p>
          )}
          {found && <Results found={found} text={text} onGo={onGo} />}
          {(found || problem) && (
            <PaletteCommands text={text} onGo={onGo} onTheme={onTheme} onHelp={onHelp} />
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}

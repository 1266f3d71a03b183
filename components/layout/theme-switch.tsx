"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";

const THEMES = [
  { name: "system", label: "As the system", Icon: Monitor },
  { name: "light", label: "Light", Icon: Sun },
  { name: "dark", label: "Dark", Icon: Moon },
] as const;

/** Light, dark or as the system. The server does not know the choice, so it marks none. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const awake = useSyncExternalStore(never, yes, no);
  return (
    <fieldset className="flex w-fit gap-0.5 rounded-[8px] border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {THEMES.map(({ name, label, Icon }) => (
        <label key={name} title={label} className={`${FOCUS} ${look(awake && theme === name)}`}>
          <input
            type="radio"
            name="theme"
            className="sr-only"
            checked={awake && theme === name}
            onChange={() => setTheme(name)}
          />
          <Icon size={15} strokeWidth={1.8} aria-hidden />
          <span className="sr-only">{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

const FOCUS =
  "relative has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus";

function look(on: boolean): string {
  const shape = "flex h-7 w-8 cursor-pointer items-center justify-center rounded-[6px]";
  return `${shape} ${on ? "bg-accent/12 text-ink" : "text-ink-3 hover:text-ink"}`;
}

const never = () => () => {};
const yes = () => true;
const no = () => false;

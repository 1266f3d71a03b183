import {
  ChartNoAxesColumn,
  FilePen,
  Keyboard,
  LayoutList,
  Monitor,
  Moon,
  PlugZap,
  Rocket,
  Scale,
  Siren,
  Sun,
} from "lucide-react";
import type { ReactNode } from "react";
import { Group, Item } from "#components/palette/item.tsx";

interface CommandsProps {
  readonly text: string;
  readonly onGo: (path: string) => void;
  readonly onTheme: (theme: string) => void;
  readonly onHelp: () => void;
}

interface PaletteCommand {
  readonly name: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

const PAGES = [
  "Fleet",
  "Delivery",
  "Deployments",
  "Incidents",
  "Policy",
  "Sources",
  "Write an SLO",
] as const;
const SWITCHES = ["Theme: light", "Theme: dark", "Theme: as the system", "Keys"] as const;

/** The `value` of the first command that a text leaves; empty when none is left. */
export function firstCommand(text: string): string {
  const page = PAGES.find(called(text));
  if (page) return `Pages ${page}`;
  const command = SWITCHES.find(called(text));
  return command ? `Commands ${command}` : "";
}

function called(text: string): (name: string) => boolean {
  const part = text.trim().toLowerCase();
  return (name) => name.toLowerCase().includes(part);
}

/** Pages and what can be switched: known without asking anybody. */
export function PaletteCommands({ text, onGo, onTheme, onHelp }: CommandsProps) {
  const all: Record<(typeof PAGES | typeof SWITCHES)[number], Omit<PaletteCommand, "name">> = {
    Fleet: { icon: <LayoutList size={15} />, run: () => onGo("/") },
    Delivery: { icon: <ChartNoAxesColumn size={15} />, run: () => onGo("/dora") },
    Deployments: { icon: <Rocket size={15} />, run: () => onGo("/deployments") },
    Incidents: { icon: <Siren size={15} />, run: () => onGo("/incidents") },
    Policy: { icon: <Scale size={15} />, run: () => onGo("/policy") },
    Sources: { icon: <PlugZap size={15} />, run: () => onGo("/sources") },
    "Write an SLO": { icon: <FilePen size={15} />, run: () => onGo("/editor") },
    "Theme: light": { icon: <Sun size={15} />, run: () => onTheme("light") },
    "Theme: dark": { icon: <Moon size={15} />, run: () => onTheme("dark") },
    "Theme: as the system": { icon: <Monitor size={15} />, run: () => onTheme("system") },
    Keys: { icon: <Keyboard size={15} />, run: onHelp },
  };
  const named = (names: readonly (keyof typeof all)[]) =>
    names.filter(called(text)).map((name) => ({ name, ...all[name] }));
  return (
    <>
      <CommandGroup heading="Pages" commands={named(PAGES)} />
      <CommandGroup heading="Commands" commands={named(SWITCHES)} />
    </>
  );
}

interface CommandGroupProps {
  readonly heading: string;
  readonly commands: readonly PaletteCommand[];
}

function CommandGroup({ heading, commands }: CommandGroupProps) {
  if (commands.length === 0) return null;
  return (
    <Group heading={heading}>
      {commands.map(({ name, icon, run }) => (
        <Item key={name} value={`${heading} ${name}`} icon={icon} onSelect={run}>
          {name}
        </Item>
      ))}
    </Group>
  );
}

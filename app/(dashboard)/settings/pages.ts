import type { Tab } from "#components/ui/tabs.tsx";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";
import { PAGES } from "#lib/access/routes.ts";

const ALL = [
  { href: "/settings/people", label: "People" },
  { href: "/settings/teams", label: "Teams" },
  { href: "/settings/tokens", label: "API tokens" },
  { href: "/settings/webhooks", label: "Webhooks" },
  { href: "/settings/notifications", label: "Notifications" },
  { href: "/settings/audit", label: "Audit log" },
  { href: "/settings/account", label: "Your account" },
] as const;

/** The pages of the settings that this actor may see. */
export function tabsFor(actor: Actor): readonly Tab[] {
  return ALL.filter(({ href }) => decide(actor, PAGES[href]) === "allow");
}

/** Where "Settings" leads: an admin to people, everyone else to what is their own. */
export function firstPage(actor: Actor): string {
  if (decide(actor, "admin") === "allow") return "/settings/people";
  return decide(actor, "self") === "allow" ? "/settings/account" : "/settings/teams";
}

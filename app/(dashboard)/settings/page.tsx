import { redirect } from "next/navigation";
import { firstPage } from "#app/(dashboard)/settings/pages.ts";
import { enterPage } from "#app/access.ts";

export default async function SettingsPage() {
  redirect(firstPage(await enterPage("/settings")));
}

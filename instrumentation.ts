/** Next calls this once per server process, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { boot, orGiveUp } = await import("./jobs/boot.ts");
  const { openReceiver } = await import("./auth/receivers.ts");
  await boot(openReceiver);
  const { openDoors } = await import("./auth/firstAdmin.ts");
  await openDoors((text) => process.stdout.write(text)).catch(orGiveUp);
}

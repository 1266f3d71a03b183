import { openReceiver } from "#auth/receivers.ts";
import { boot } from "#jobs/boot.ts";

/** `npm run worker`: collects and evaluates without serving pages, beside any number of others. */
process.env.PLIMSOLL_ROLE = "worker";
await boot(openReceiver);

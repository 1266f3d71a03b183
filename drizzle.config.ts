import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate --name <what>` writes the next folder of db/migrations from db/schema. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./db/schema/index.ts",
  out: "./db/migrations",
});

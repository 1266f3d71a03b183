/** better-auth's own (scrypt), so that what we set it can check. */
export { hashPassword, verifyPassword } from "better-auth/crypto";

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;

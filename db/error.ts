/** Something about the database that a person must put right. The message says what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

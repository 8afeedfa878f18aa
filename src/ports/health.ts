/** What keeps the numbers: PostgreSQL within the process, or a server; and the steps that its schema has taken. */
export interface StoreAbout {
  readonly kind: "embedded" | "server";
  readonly schema: number;
}

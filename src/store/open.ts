import type { Database } from "./database.ts";
import { openPglite } from "./pglite.ts";
import { createStore, type Store } from "./store.ts";

/** Where the store is: a PostgreSQL server where its URL is given, else the embedded database of the directory. */
interface StorePlace {
  readonly dataDirectory: string;
  /** Holds a password. */
  readonly databaseUrl?: string;
}

/**
 * Opens the store that the settings name, and brings its schema up to date. For the embedded one the caller must
 * hold the data directory (`claimDataDirectory`). Rejects with STORE-UNAVAILABLE, with what to do.
 */
export async function openConfiguredStore(settings: StorePlace): Promise<Store> {
  return createStore(await openConfiguredDatabase(settings));
}

/** The same database without a change of what is in it. */
export async function openConfiguredDatabase({ dataDirectory, databaseUrl }: StorePlace): Promise<Database> {
  if (databaseUrl === undefined) {
    return openPglite(dataDirectory);
  }
  // Most installations have no server, and need not load what speaks to one.
  const { openPostgres } = await import("./postgres.ts");
  return openPostgres(databaseUrl);
}

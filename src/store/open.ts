import type { Database } from "./database.ts";
import { openPglite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";
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
export function openConfiguredDatabase({ dataDirectory, databaseUrl }: StorePlace): Promise<Database> {
  return databaseUrl === undefined ? openPglite(dataDirectory) : openPostgres(databaseUrl);
}

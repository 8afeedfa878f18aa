import { resolve } from "node:path";
import type { SettingsReader } from "./settings.ts";

/** Where the numbers are kept. */
export interface StoreSettings {
  /** Absolute path. */
  readonly dataDirectory: string;
  /** URL of a PostgreSQL server, with its password; absent for the embedded database. Never printed. */
  readonly databaseUrl?: string;
}

export function storeSettings(settings: SettingsReader): StoreSettings {
  const databaseUrl = settings.parsed(
    "DATABASE_URL",
    postgresUrl,
    "It is not the URL of a PostgreSQL database.",
    "Write postgres://user:password@host:5432/database with every other character than letters and digits of the " +
      "password as %XX (for example %40 for @), or leave it out for the embedded database.",
  );
  const dataDirectory = resolve(settings.text("DATA_DIR") ?? "./.data");
  return { dataDirectory, ...(databaseUrl !== undefined && { databaseUrl }) };
}

/**
 * Undefined for what is no such URL, or has a password whose `/`, `?` or `#` would end the host: what follows it
 * would be taken for a part that is not secret.
 */
function postgresUrl(text: string): string | undefined {
  try {
    // With a socket as ?host=/folder there is a user without a host, which is no URL elsewhere.
    const url = new URL(text.replace("@/", "@socket/"));
    const isPostgres = ["postgres:", "postgresql:"].includes(url.protocol);
    const isWhole = url.hash === "" && !`${url.pathname}${url.search}`.includes("@");
    decodeURIComponent(`${url.username}${url.password}${url.pathname}`);
    return isPostgres && isWhole ? text : undefined;
  } catch {
    return undefined;
  }
}

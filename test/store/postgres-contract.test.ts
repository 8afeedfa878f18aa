import { afterAll, beforeAll } from "vitest";
import { openPostgres } from "../../src/store/postgres.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { describeOnPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { storeContract } from "./contract.ts";
import { digestContract } from "./digest-contract.ts";

describeOnPostgres("a PostgreSQL server", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  const open = async (): Promise<Store> => createStore(await openPostgres(await server.database()));

  storeContract("as the store", "server", open);
  digestContract("as the store of digests", "server", open);
});

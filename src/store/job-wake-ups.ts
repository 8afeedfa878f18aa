import { PgBoss } from "pg-boss";
import type { Log } from "../kernel/log.ts";
import type { WakeUps } from "../ports/wake-ups.ts";
import { postgresFault } from "./postgres-fault.ts";

/** Beside the tables of the product; an export leaves it out. */
const SCHEMA = "authpulse_jobs";
const QUEUE = "wake";
/** For looking for jobs, and for its housekeeping. */
const CONNECTIONS = 2;
/** Seconds. A wake-up ends at once; one that a dying process held is not worth repeating later than this. */
const EXPIRES = 60;

/**
 * Wake-ups that reach one of the processes on a PostgreSQL server, by pg-boss (https://pgboss.io). It reads the
 * server's clock, forgets what was due while nobody ran, and takes a long job for a dead one: so nothing but the
 * wake-up is left to it. Starting rejects with STORE-UNAVAILABLE.
 */
export function jobWakeUps(databaseUrl: string, log: Log): WakeUps {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: "authpulse",
    schema: SCHEMA,
    max: CONNECTIONS,
  });
  // Without a listener an event of this name would end the process; its connections are replaced by themselves.
  boss.on("error", (thrown) => {
    const { code, facts } = postgresFault(asError(thrown));
    log.warn({ code, facts }, "the wake-ups could not be looked for; it is tried again");
  });
  let isStarted = false;

  return {
    async start(wake) {
      try {
        await boss.start();
        isStarted = true;
        await boss.createQueue(QUEUE, {
          policy: "exclusive",
          retryLimit: 0,
          expireInSeconds: EXPIRES,
          retentionSeconds: EXPIRES,
          deleteAfterSeconds: EXPIRES,
        });
        await boss.schedule(QUEUE, "* * * * *");
        await boss.work(QUEUE, async () => wake());
      } catch (thrown) {
        throw postgresFault(thrown);
      }
      wake();
    },
    async stop() {
      if (isStarted) {
        await boss.stop({ graceful: false, close: true });
      }
    },
  };
}

/** Of a fault in a worker pg-boss tells a copy that is no Error, though its types say so. */
function asError(thrown: Error): Error {
  return thrown instanceof Error ? thrown : Object.assign(new Error(), thrown);
}

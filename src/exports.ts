import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Ordered } from "./commands/export/plan.ts";
import type { Config } from "./config.ts";
import { createExports, type Exports } from "./export/exports.ts";
import { httpsTransport } from "./export/https-transport.ts";
import { createSpool } from "./export/spool.ts";
import { createUploader, type Upload } from "./export/upload.ts";
import type { Outside } from "./kernel/outside.ts";
import { asAppError } from "./kernel/problem.ts";

/** How long a file waits to be accepted, in milliseconds. */
const LIFETIME = 60 * 60_000;
/** At a time. Each may take as much of the disk as the largest file. */
const MOST = { all: 4, own: 2 } as const;
/** Of one file, in bytes: more than three million people. */
const LARGEST = 2 ** 30;
/** For one part of a file, in milliseconds: 5 MiB within a minute. */
const PART_DEADLINE = 60_000;

/** Opens the folder for files that wait, and empties it: only for the process that holds the data directory. */
export async function openExports(
  { dataDirectory }: Pick<Config, "dataDirectory">,
  { clock, log }: Outside,
): Promise<Exports<Ordered>> {
  const directory = join(dataDirectory, "spool");
  return createExports({
    spool: await createSpool({ directory, limit: LARGEST, randomBytes }),
    ...{ clock, randomBytes, lifetime: LIFETIME, most: MOST },
    onFault(thrown) {
      const { code, facts } = asAppError(thrown);
      log.error({ code, facts }, "the file of an export could not be removed");
    },
  });
}

/**
 * Teams' way to hand a file over. Undefined outside of the global cloud: GCC High, DoD and 21Vianet have no file
 * consent (learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4).
 */
export function uploadFor(
  { graph }: Pick<Config, "graph">,
  isTrusted: (url: string) => boolean,
  { clock, random, timings, log }: Outside,
): Upload | undefined {
  return graph.cloud === "global"
    ? createUploader({
        transport: httpsTransport,
        isTrusted: ({ href }) => isTrusted(href),
        deadline: PART_DEADLINE,
        ...{ clock, random, timings, log },
      })
    : undefined;
}

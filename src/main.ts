#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Command } from "commander";
import type { Environment } from "./config/settings.ts";
import { VERSION } from "./kernel/version.ts";
import { EXIT, type Terminal } from "./terminal/terminal.ts";

/** The environment of the process, over a `.env` file in the working directory where there is one. */
function environment(): Environment {
  try {
    // Some editors begin a file with a byte order mark, which would become part of the first name.
    const file = readFileSync(".env", "utf8").replace(/^\uFEFF/, "");
    return { ...parseEnv(file), ...process.env };
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") {
      return process.env;
    }
    process.stderr.write(`The file .env cannot be read: ${String(thrown)}. Mend or rename it.\n`);
    return process.exit(EXIT.usage);
  }
}

/**
 * Aborted on the first Ctrl-C or SIGTERM; a second one, of either kind, ends the process at once. It is ended here:
 * the first process of a container does not end by a signal that it does not handle.
 */
function endSignal(): AbortSignal {
  const ending = new AbortController();
  const heard = (): void => {
    if (ending.signal.aborted) {
      process.exit(EXIT.failed);
    }
    ending.abort();
  };
  process.on("SIGINT", heard);
  process.on("SIGTERM", heard);
  return ending.signal;
}

/** Where output goes may be gone or full: a reader like `head` that has enough is no fault. */
process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code !== "EPIPE") {
    process.stderr.write(`The answer could not be written: ${fault.message}\n`);
  }
  process.exit(fault.code === "EPIPE" ? EXIT.done : EXIT.failed);
});
/** A server goes on working when nobody reads what it says. */
process.stderr.on("error", () => undefined);

const terminal: Terminal = {
  environment: environment(),
  print: (text) => void process.stdout.write(`${text}\n`),
  write: (bytes) => new Promise((resolve) => void process.stdout.write(bytes, () => resolve())),
  tell: (text) => void process.stderr.write(`${text}\n`),
  input: process.stdin,
  ...(process.stderr.isTTY && { screen: process.stderr }),
  width: process.stdout.columns ?? 80,
  locale: Intl.DateTimeFormat().resolvedOptions().locale,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};

const program = new Command("authpulse")
  .description(
    "How self-service password reset and MFA registration are doing, from Microsoft Graph's reports.",
  )
  .version(VERSION)
  .showHelpAfterError("Try authpulse --help.")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.done : EXIT.usage));

program
  .command("serve")
  .description("run the bot; settings come from the environment and .env (see .env.sample)")
  .action(async () => {
    const ending = endSignal();
    // Forced, because what hangs must not keep the process: everything that has to end has ended in time.
    process.exit(await (await import("./terminal/serve.ts")).serve(terminal, ending));
  });

program
  .command("demo")
  .description("run the bot with a sample tenant and the Agents Playground, to try it without an account")
  .option("--now <time>", "what the demo's clocks show at the start, for example 2026-11-24T12:58:00+01:00")
  .action(({ now }: { now?: string }) =>
    run(async () => (await import("./terminal/demo.ts")).demo(terminal, endSignal(), now)),
  );

program
  .command("ask")
  .description("ask a question here, for example: authpulse ask sspr usage by method")
  .argument("[words...]", "the question, as one would write it in Teams")
  .option("--json", "print the Adaptive Card instead of text")
  .option(
    "--parse",
    "print what is understood as JSON and run nothing; with - as words, one line for each of the input",
  )
  .option("--csv <file>", "write the report to this file as CSV; with - to standard output")
  .option("--force", "with --csv: replace a file that is there already")
  .action((words: string[], options: { json?: boolean; parse?: boolean; csv?: string; force?: boolean }) =>
    run(async () => {
      if (options.parse) {
        return (await import("./terminal/parse-only.ts")).parseOnly(terminal, words);
      }
      if (options.csv !== undefined) {
        const { askCsv } = await import("./terminal/ask-csv.ts");
        return askCsv(terminal, words, { file: options.csv, force: options.force === true }, endSignal);
      }
      return (await import("./terminal/ask.ts")).ask(terminal, words, options.json === true);
    }),
  );

program
  .command("collect")
  .description("read the reports from Microsoft Graph now and store the numbers")
  .action(() => run(async () => (await import("./terminal/collect.ts")).collect(terminal)));

program
  .command("doctor")
  .description("check settings, Microsoft Graph, the store, the bot and the Teams app, each with what to do")
  .option("--json", "print one JSON document")
  .option(
    "--shapes [file]",
    "instead, write how this tenant's endpoints answer to a file for a bug report, without people (authpulse-shapes.json)",
  )
  .option("--force", "with --shapes: replace a file that is there already")
  .action((options: { json?: boolean; shapes?: string | true; force?: boolean }) =>
    run(async () => {
      if (options.shapes !== undefined) {
        const file = options.shapes === true ? "authpulse-shapes.json" : options.shapes;
        const { doctorShapes } = await import("./terminal/doctor-shapes.ts");
        return doctorShapes(terminal, file, options.force === true);
      }
      return (await import("./terminal/doctor.ts")).doctor(terminal, options.json === true);
    }),
  );

program
  .command("package")
  .description("write the Teams app package; settings come from the environment and .env (see .env.sample)")
  .option("--name <name>", "what Teams calls the app, instead of TEAMS_APP_NAME")
  .option("--output <file>", "where to write it; a file that is there is replaced", "authpulse-teams-app.zip")
  .action((options: { name?: string; output: string }) =>
    run(async () => (await import("./terminal/package.ts")).packageApp(terminal, options)),
  );

program
  .command("forget")
  .description("take a person's object id out of all that is stored")
  .argument("<object id>", "the person's object id in Entra")
  .action((id: string) => run(async () => (await import("./terminal/forget.ts")).forget(terminal, id)));

const store = program.command("store").description("move all that is stored to a file and back");

store
  .command("export")
  .description("write it to a new file, from the embedded database or from PostgreSQL")
  .argument("<file>", "a name that is not there yet")
  .action((file: string) => run(async () => (await import("./terminal/store.ts")).exportTo(terminal, file)));

store
  .command("import")
  .description("fill an empty store, embedded or PostgreSQL, from such a file")
  .argument("<file>", "what export wrote")
  .action((file: string) =>
    run(async () => (await import("./terminal/store.ts")).importFrom(terminal, file)),
  );

program
  .command("audit")
  .description("show who asked for names, exported, changed or was refused")
  .option("--csv", "print all that is kept as CSV")
  .option("--since <date>", "with --csv: from this day or time on (UTC), for example 2026-11-01")
  .option("--until <date>", "with --csv: to the end of this day (UTC), or before this time")
  .action((options: { csv?: boolean; since?: string; until?: string }) =>
    run(async () => (await import("./terminal/audit.ts")).audit(terminal, options)),
  );

/**
 * Runs a command, which loads what it needs only now. The exit code is set rather than forced, so that what was
 * printed gets out. A command that waits, for the quota of Graph or because Graph asks for it, does not end the process.
 */
async function run(work: () => Promise<number>): Promise<void> {
  const alive = setInterval(() => undefined, 60_000);
  try {
    process.exitCode = await work();
  } finally {
    clearInterval(alive);
  }
}

await program.parseAsync();

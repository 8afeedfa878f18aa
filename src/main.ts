#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Command } from "commander";
import type { Environment } from "./config/settings.ts";
import { VERSION } from "./kernel/version.ts";
import { ask, parseOnly } from "./terminal/ask.ts";
import { collect } from "./terminal/collect.ts";
import { demo } from "./terminal/demo.ts";
import { serve } from "./terminal/serve.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** The environment of the process, over a `.env` file in the working directory where there is one. */
function environment(): Environment {
  try {
    return { ...parseEnv(readFileSync(".env", "utf8")), ...process.env };
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") {
      return process.env;
    }
    throw thrown;
  }
}

/** Aborted on the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function endSignal(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => ending.abort());
  }
  return ending.signal;
}

const terminal: Terminal = {
  environment: environment(),
  print: (text) => void process.stdout.write(`${text}\n`),
  tell: (text) => void process.stderr.write(`${text}\n`),
  input: process.stdin,
  width: process.stdout.columns ?? 80,
  locale: Intl.DateTimeFormat().resolvedOptions().locale,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};

const program = new Command("authpulse")
  .description(
    "How self-service password reset and MFA registration are doing, from Microsoft Graph's reports.",
  )
  .version(VERSION)
  .showHelpAfterError("Try authpulse --help.");

program
  .command("serve")
  .description("run the bot; settings come from the environment and .env (see .env.sample)")
  .action(() => run((ending) => serve(terminal, ending)));

program
  .command("demo")
  .description("run the bot with a sample tenant and the Agents Playground, to try it without an account")
  .action(() => run((ending) => demo(terminal, ending)));

program
  .command("ask")
  .description("ask a question here, for example: authpulse ask sspr usage by method")
  .argument("[words...]", "the question, as one would write it in Teams")
  .option("--json", "print the Adaptive Card instead of text")
  .option(
    "--parse",
    "print what is understood as JSON and run nothing; with - as words, one line for each of the input",
  )
  .action((words: string[], options: { json?: boolean; parse?: boolean }) =>
    run(() => (options.parse ? parseOnly(terminal, words) : ask(terminal, words, options.json === true))),
  );

program
  .command("collect")
  .description("read the reports from Microsoft Graph now and store the numbers")
  .action(() => run(() => collect(terminal)));

/** The exit code is set rather than forced, so that what was printed gets out. */
async function run(work: (ending: AbortSignal) => Promise<number>): Promise<void> {
  process.exitCode = await work(endSignal());
}

await program.parseAsync();

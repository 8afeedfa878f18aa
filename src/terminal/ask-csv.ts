import type { FileOffer } from "../commands/answer.ts";
import { createRenderer } from "../render/renderer.ts";
import { EXIT_OF } from "./ask.ts";
import { askOperator, type TerminalAnswer } from "./ask-operator.ts";
import { endFile, partOfFile } from "./file-parts.ts";
import { EXIT, faultLine, settingsOf, type Terminal, tellingNews } from "./terminal.ts";
import { type Does, onCore } from "./with-core.ts";
import { exists, writeFileWhole } from "./write-file.ts";

interface CsvOptions {
  /** A path, or `-` for standard output. */
  readonly file: string;
  readonly force: boolean;
}

/**
 * Writes a report as CSV, and tells the figures it begins with. The bot that has the numbers open makes the file and
 * gives it in parts, so that it writes nowhere but into its own folder, and the file belongs to whoever asked. `ending`
 * is asked for when there is something to clean up.
 */
export async function askCsv(
  terminal: Terminal,
  words: readonly string[],
  { file, force }: CsvOptions,
  ending: () => AbortSignal,
): Promise<number> {
  const config = settingsOf(terminal, "terminal");
  if (!config) {
    return EXIT.usage;
  }
  if (file !== "-" && !force && (await exists(file))) {
    terminal.tell(`${file} is there already. Choose another name, or add --force to replace it.`);
    return EXIT.usage;
  }
  const { locale, timeZone } = terminal;
  const question = { text: words.join(" "), locale, timeZone, asFile: true };
  try {
    return await onCore(terminal, config, async (does) => {
      const answer = await does<TerminalAnswer>({
        here: (core, outside) => askOperator(core, outside, question, tellingNews(terminal)),
        call: { name: "ask", argument: question },
      });
      if (answer.file) {
        await take(terminal, does, answer.file, { file, force }, ending());
      }
      return told(terminal, answer);
    });
  } catch (thrown) {
    const what = file === "-" ? "The report could not be written to its end." : `${file} was not written.`;
    terminal.tell(`${what} ${faultLine(thrown)}`);
    return EXIT.failed;
  }
}

async function take(
  terminal: Terminal,
  does: Does,
  { id, size }: FileOffer,
  { file, force }: CsvOptions,
  ending: AbortSignal,
): Promise<void> {
  async function* parts(): AsyncGenerator<Buffer> {
    for (let from = 0; from < size; ) {
      ending.throwIfAborted();
      const argument = { id, from };
      const part = await does<string>({
        here: (core) => partOfFile(core, argument),
        call: { name: "file", argument },
      });
      const bytes = Buffer.from(part, "base64");
      if (bytes.length === 0) {
        throw new Error("The file ends before its size.");
      }
      yield bytes;
      from += bytes.length;
    }
  }

  async function write(): Promise<void> {
    if (file !== "-") {
      return writeFileWhole(file, parts(), force);
    }
    for await (const part of parts()) {
      await terminal.write(part);
    }
  }

  async function end(isTaken: boolean): Promise<void> {
    const argument = { id, isTaken };
    await does<null>({ here: (core) => endFile(core, argument), call: { name: "file-end", argument } });
  }

  try {
    await write();
  } catch (thrown) {
    await end(false);
    throw thrown;
  }
  await end(true);
}

/** Standard output is for the file alone. */
function told(terminal: Terminal, { kind, view, detail, file }: TerminalAnswer): number {
  terminal.tell(createRenderer().text(view, { width: terminal.width }));
  if (detail !== undefined) {
    terminal.tell(detail);
  }
  if (file) {
    return EXIT.done;
  }
  if (kind === "answered") {
    terminal.tell("There is no file for this question, so nothing was written.");
  }
  return kind === "answered" ? EXIT.usage : EXIT_OF[kind];
}

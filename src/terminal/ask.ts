import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { parse } from "../language/parse.ts";
import { createRenderer } from "../render/renderer.ts";
import type { View } from "../views/view.ts";
import { askOperator, type TerminalAnswer } from "./ask-operator.ts";
import { EXIT, faultLine, settingsOf, type Terminal } from "./terminal.ts";
import { withCore } from "./with-core.ts";

/** Answers a question as readable text, or as the card that Teams would get. */
export async function ask(terminal: Terminal, words: readonly string[], asCard: boolean): Promise<number> {
  const config = settingsOf(terminal, "terminal");
  if (!config) {
    return EXIT.usage;
  }
  const question = { text: words.join(" "), locale: terminal.locale, timeZone: terminal.timeZone };
  try {
    const onProgress = (view: View): void => terminal.tell(view.headline);
    const { kind, view } = await withCore<TerminalAnswer>(terminal, config, {
      here: (core, outside) => askOperator(core, outside, question, onProgress),
      call: { name: "ask", argument: question },
    });
    const renderer = createRenderer();
    terminal.print(
      asCard ? JSON.stringify(renderer.card(view), null, 2) : renderer.text(view, { width: terminal.width }),
    );
    return kind === "answered" ? EXIT.done : EXIT.failed;
  } catch (thrown) {
    terminal.tell(`The question could not be answered. ${faultLine(thrown)}`);
    return EXIT.failed;
  }
}

/** Prints what is understood and runs nothing. A single `-` reads one message a line, blank ones too. */
export async function parseOnly(terminal: Terminal, words: readonly string[]): Promise<number> {
  if (words.length !== 1 || words[0] !== "-") {
    terminal.print(JSON.stringify(parse(words.join(" "))));
    return EXIT.done;
  }
  for await (const line of createInterface({
    input: Readable.from(terminal.input),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    terminal.print(JSON.stringify(parse(line)));
  }
  return EXIT.done;
}

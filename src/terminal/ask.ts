import { createRenderer } from "../render/renderer.ts";
import { askOperator, type TerminalAnswer } from "./ask-operator.ts";
import { EXIT, faultLine, settingsOf, type Terminal, tellingNews } from "./terminal.ts";
import { withCore } from "./with-core.ts";

export const EXIT_OF = {
  answered: EXIT.done,
  misunderstood: EXIT.usage,
  refused: EXIT.failed,
  problem: EXIT.failed,
};

/** Answers a question as readable text, or as the card that Teams would get. */
export async function ask(terminal: Terminal, words: readonly string[], asCard: boolean): Promise<number> {
  const config = settingsOf(terminal, "terminal");
  if (!config) {
    return EXIT.usage;
  }
  const question = { text: words.join(" "), locale: terminal.locale, timeZone: terminal.timeZone };
  try {
    const onProgress = tellingNews(terminal);
    const { kind, view, detail } = await withCore<TerminalAnswer>(terminal, config, {
      here: (core, outside) => askOperator(core, outside, question, onProgress),
      call: { name: "ask", argument: question },
    });
    const renderer = createRenderer();
    terminal.print(
      asCard ? JSON.stringify(renderer.card(view), null, 2) : renderer.text(view, { width: terminal.width }),
    );
    if (detail !== undefined) {
      terminal.tell(detail);
    }
    return EXIT_OF[kind];
  } catch (thrown) {
    terminal.tell(`The question could not be answered. ${faultLine(thrown)}`);
    return EXIT.failed;
  }
}

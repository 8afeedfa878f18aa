import { withStore } from "./seed.mjs";

/**
 * What answers questions, in this process on the store of a data directory: the same handlers as in Teams, asked by the
 * operator. `work` gets `viewOf(text)`, which answers with the view, and the store.
 */
export async function withAnswers(load, settings, work) {
  const { createCore } = await load("core.js");
  const { createReadings } = await load("readings.js");
  const { openExports } = await load("exports.js");
  const { en } = await load("reference/words/en.js");
  await withStore(load, settings, async (store, config, outside) => {
    const readings = createReadings(config, store, outside);
    const exports = await openExports(config, outside);
    const { dispatcher } = createCore(readings, store, exports, config, outside);
    const viewOf = async (text) => {
      const now = new Date();
      const answer = await dispatcher.ask(text, {
        ...{ viewer: { kind: "operator" }, place: "personal", conversation: "bench" },
        audience: { words: en, locale: "en-GB", timeZone: "Europe/Berlin", now },
        ...{ correlationId: "bench", log: outside.log, answerBy: new Date(now.getTime() + 30_000) },
      });
      if (answer.kind !== "answered" || answer.later) {
        throw new Error(`"${text}" is ${answer.kind}: ${answer.view.headline}`);
      }
      return answer.view;
    };
    try {
      await work({ viewOf, store, source: await readings.source() });
    } finally {
      await exports.close();
      await readings.stop();
    }
  });
}

import { diagnose, SURROUNDINGS, type Surroundings } from "../doctor/doctor.ts";
import { countsOf, diagnosisText } from "../doctor/text.ts";
import { createLog } from "../kernel/log.ts";
import { realWorld } from "../kernel/outside.ts";
import { VERSION } from "../kernel/version.ts";
import { en } from "../reference/words/en.ts";
import { EXIT, type Terminal } from "./terminal.ts";

/**
 * Checks an installation and prints what is wrong with its remedy, as a table or as one JSON document. Resolves with 0
 * where nothing is wrong, 1 for a problem and 2 for wrong settings.
 */
export async function doctor(
  terminal: Terminal,
  asJson: boolean,
  surroundings: Surroundings = SURROUNDINGS,
): Promise<number> {
  const debug = terminal.environment["LOG_LEVEL"]?.trim() === "debug" && !asJson;
  const outside = realWorld(createLog(debug ? "debug" : "silent"));
  const checkedAt = outside.clock.now().toISOString();
  const { rows, settingsAreWrong } = await diagnose(terminal.environment, outside, en, surroundings);
  const summary = countsOf(rows);
  terminal.print(
    asJson
      ? JSON.stringify({ version: VERSION, checkedAt, summary, rows: rows.map(withEveryKey) }, null, 2)
      : diagnosisText(rows, terminal.width, en.doctor),
  );
  if (settingsAreWrong) {
    return EXIT.usage;
  }
  return summary.problem > 0 ? EXIT.failed : EXIT.done;
}

type Rows = Awaited<ReturnType<typeof diagnose>>["rows"];

/** The same keys in each row, so that a script need not ask which are there. */
function withEveryKey({ id, state, what, remedy, code, requestId }: Rows[number]): object {
  return { id, state, what, remedy: remedy ?? null, code: code ?? null, requestId: requestId ?? null };
}

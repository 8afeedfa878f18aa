import { Readable } from "node:stream";
import { readShapes } from "../doctor/shapes/shapes.ts";
import { createLog } from "../kernel/log.ts";
import { type Outside, realWorld } from "../kernel/outside.ts";
import { en } from "../reference/words/en.ts";
import { EXIT, faultLine, settingsOf, type Terminal } from "./terminal.ts";
import { exists, writeFileWhole } from "./write-file.ts";

/** Writes how this tenant's endpoints answer to a file that can be attached to a bug report: no people. */
export async function doctorShapes(
  terminal: Terminal,
  file: string,
  replace: boolean,
  outside: Outside = realWorld(createLog("silent")),
): Promise<number> {
  const words = en.doctor.shapes;
  const config = settingsOf(terminal, "terminal");
  if (!config) {
    return EXIT.usage;
  }
  if (!replace && (await exists(file))) {
    terminal.tell(words.taken(file));
    return EXIT.usage;
  }
  try {
    const shapes = await readShapes(config, outside, words.holds, (name) =>
      terminal.tell(words.reading(name)),
    );
    const text = `${JSON.stringify(shapes, null, 2)}\n`;
    await writeFileWhole(file, Readable.from([Buffer.from(text)]), replace);
    terminal.print(`${words.written(file, shapes.endpoints.length)}\n${words.holds}`);
    return EXIT.done;
  } catch (thrown) {
    terminal.tell(faultLine(thrown));
    return EXIT.failed;
  }
}

import { toUserId } from "../kernel/ids.ts";
import type { Forgotten } from "../records/records.ts";
import { EXIT, faultLine, settingsOf, type Terminal } from "./terminal.ts";
import { withCore } from "./with-core.ts";

/** Takes a person's object id out of all that is stored. */
export async function forget(terminal: Terminal, id: string): Promise<number> {
  const userId = toUserId(id);
  if (!userId) {
    terminal.tell(
      `"${id}" is no object id. The Entra admin center shows it on the person's page; names are not stored.`,
    );
    return EXIT.usage;
  }
  const config = settingsOf(terminal, "terminal");
  if (!config) {
    return EXIT.usage;
  }
  try {
    const forgotten = await withCore<Forgotten>(terminal, config, {
      here: ({ records }) => records.forget(userId),
      call: { name: "forget", argument: { userId } },
    });
    terminal.print(told(userId, forgotten));
    return EXIT.done;
  } catch (thrown) {
    terminal.tell(`Nothing was changed. ${faultLine(thrown)}`);
    return EXIT.failed;
  }
}

function told(userId: string, { subscriptions, audit }: Forgotten): string {
  if (subscriptions + audit === 0) {
    return `Nothing had to be forgotten: the id ${userId} stands with no digest and in no line of the audit.`;
  }
  const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? "" : "s"}`;
  return `Forgotten: the id stood with ${count(subscriptions, "digest")} and in ${count(audit, "line")} of the audit.`;
}

import { COMMANDS } from "../../language/commands.ts";
import { COMMAND_IDS } from "../../language/question.ts";
import { type AuditEntry, NAMELESS } from "../../ports/audit.ts";
import type { DirectoryAccount } from "../../ports/directory.ts";
import type { AuditWords } from "../../reference/words/audit-words.ts";
import { printable } from "../../views/plain-text.ts";

/** What the directory says of the people of the lines; whoever is absent is shown by id. */
export type Accounts = ReadonlyMap<string, DirectoryAccount>;

const DETAIL = 120;

export function whoText(who: AuditEntry["who"], accounts: Accounts, told: AuditWords): string {
  const nameless = NAMELESS.find((known) => known === who);
  if (nameless) {
    return told[nameless];
  }
  const account = accounts.get(who);
  if (account?.kind === "none") {
    return told.notInTenant(who);
  }
  return printable(account?.name ?? "") || who;
}

/** What was done, of what, about whom and where. */
export function whatText(entry: AuditEntry, accounts: Accounts, told: AuditWords): string {
  const { what, command, detail, target, place, who } = entry;
  const act = told.acts[what](commandText(command));
  const detailed = detail === undefined ? act : told.detailed(act, printable(detail, DETAIL));
  const about = target === undefined ? detailed : told.about(detailed, whoText(target, accounts, told));
  // Who says already that it was the terminal.
  return who === "operator" ? about : told.places[place](about);
}

/** An outcome that has no words is shown as it was written down: a problem's code, for example. */
export function outcomeText(outcome: string, { outcomes }: AuditWords): string {
  const known = Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined;
  return known ?? printable(outcome, DETAIL);
}

/** In the words that help shows; a command of another version stands as it was written down. */
function commandText(command: string): string {
  const id = COMMAND_IDS.find((known) => known === command);
  return id ? COMMANDS[id].words : printable(command);
}

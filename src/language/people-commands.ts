import { PERIODS } from "../ports/usage.ts";
import type { CommandEntry } from "./command-entry.ts";
import { FEATURES, FILTERS, SCOPES } from "./question.ts";

/** The commands that may name people: answered in a personal chat only. */
export const PEOPLE_COMMANDS = {
  people: {
    words: "people",
    synonyms: ["ppl", "users", "accounts", "all users", "all people", "all accounts", "who"],
    options: { filter: FILTERS, scope: SCOPES, feature: FEATURES, period: PERIODS },
    onlyWith: { name: "filter", values: ["failing"], options: ["feature", "period"] },
    needs: "filter",
    permission: "people",
    where: "personal",
  },
  person: {
    words: "person",
    synonyms: ["lookup", "look up"],
    options: { user: "any" },
    needs: "user",
    permission: "person",
    where: "personal",
  },
  export: {
    words: "export",
    synonyms: ["download", "csv"],
    options: {},
    exports: ["usage", "registration", "failures", "people"],
    needs: "report",
    permission: "reports",
    where: "personal",
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;

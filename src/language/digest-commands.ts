import { type CommandEntry, REPORT } from "./command-entry.ts";

const MANAGE = { permission: "manage", where: "anywhere", changes: true } as const;

/** The weekly digest of a place. */
export const DIGEST_COMMANDS = {
  digest: {
    words: "digest",
    synonyms: [
      "digests",
      "weekly report",
      "weekly sspr report",
      "weekly digest",
      "weekly summary",
      "newsletter",
      "subscription(s)",
    ],
    options: {},
    ...REPORT,
  },
  "digest-subscribe": {
    words: "digest subscribe",
    synonyms: ["subscribe"],
    options: {},
    ...MANAGE,
    alsoReports: true,
  },
  "digest-edit": {
    words: "digest edit",
    synonyms: ["edit", "change"],
    options: {},
    within: "digest",
    ...MANAGE,
    alsoReports: true,
  },
  "digest-preview": {
    words: "digest preview",
    synonyms: ["preview"],
    options: {},
    within: "digest",
    ...REPORT,
  },
  "digest-send": {
    words: "digest send",
    synonyms: ["send", "post"],
    options: {},
    within: "digest",
    ...MANAGE,
    alsoReports: true,
  },
  "digest-pause": {
    words: "digest pause",
    synonyms: ["pause", "snooze"],
    options: { weeks: "any" },
    within: "digest",
    ...MANAGE,
  },
  "digest-resume": {
    words: "digest resume",
    synonyms: ["resume"],
    options: {},
    within: "digest",
    ...MANAGE,
  },
  "digest-unsubscribe": {
    words: "digest unsubscribe",
    synonyms: ["unsubscribe"],
    options: {},
    ...MANAGE,
  },
  "digest-all": {
    words: "digest all",
    synonyms: ["all", "every"],
    options: {},
    within: "digest",
    permission: "manage",
    where: "personal",
  },
  "digest-week": {
    words: "digest week",
    synonyms: [],
    options: { week: "any" },
    within: "digest",
    ...REPORT,
    needs: "week",
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;

import type { AuditWords } from "../audit-words.ts";

const AND = new Intl.ListFormat("en-GB", { type: "conjunction" });

export const AUDIT: AuditWords = {
  title: "Audit",
  counts: {
    names: (count, one) => (one ? `${count} look at names` : `${count} looks at names`),
    export: (count, one) => (one ? `${count} export` : `${count} exports`),
    subscription: (count, one) => (one ? `${count} change` : `${count} changes`),
    refused: (count, one) => (one ? `${count} refusal` : `${count} refusals`),
    audit: (count, one) => (one ? `${count} look at the audit` : `${count} looks at the audit`),
    forgotten: (count, one) => (one ? `${count} person forgotten` : `${count} people forgotten`),
  },
  headline: (counts, within) => `${AND.format(counts)} ${within}.`,
  none: (within) => `Nothing was written down ${within}.`,
  nobody:
    "Nobody looked at names, exported, changed a digest, was refused or read the audit. It begins on the day " +
    "AuthPulse was installed.",
  subtitle: (rolling, range) => `${rolling}: ${range}`,
  columns: { when: "When", who: "Who", what: "What", outcome: "Outcome" },
  acts: {
    names: (command) => `Looked at names: ${command}`,
    export: (command) => `Exported: ${command}`,
    subscription: (command) => `Changed a digest: ${command}`,
    refused: (command) => `Was refused: ${command}`,
    audit: () => "Read the audit",
    forgotten: () => "Had a person forgotten",
  },
  detailed: (act, detail) => `${act} (${detail})`,
  about: (act, target) => `${act}, about ${target}`,
  places: {
    personal: (act) => `${act}, in a personal chat`,
    groupChat: (act) => `${act}, in a group chat`,
    channel: (act) => `${act}, in a channel`,
    terminal: (act) => `${act}, in the terminal`,
  },
  operator: "Terminal",
  unknown: "not named by Teams",
  forgotten: "forgotten",
  notInTenant: (id) => `${id} (not in this tenant)`,
  outcomes: {
    answered: "Answered",
    refused: "Refused",
    problem: "Not answered",
    subscribed: "Subscribed",
    changed: "Changed",
    paused: "Paused",
    resumed: "Resumed",
    removed: "Removed",
    extra: "Extra posted",
    "extra-due": "Extra to be tried again",
    "extra-failed": "Extra refused by Teams",
    "extra-unknown": "Extra, not known whether posted",
    "not found": "Nobody found",
    "nothing shown": "No names shown",
    "not-a-member": "Refused, not in the team",
    "forged-button": "Refused, not our button",
    started: "Started",
    uploaded: "Uploaded",
    written: "Written",
    declined: "Declined",
    cancelled: "Cancelled",
    expired: "Expired",
    stopped: "Stopped",
  },
  more: (count, one) => (one ? `${count} older line is not shown.` : `${count} older lines are not shown.`),
  allOfIt: "In a terminal, “authpulse audit --csv” writes all that is kept.",
  namesMissing:
    "Microsoft Graph did not give every name in time. Ids stand in their place; ask again for the names.",
  namesLimited: (limit) =>
    `Names are looked up for ${limit} people at most. The others stand with their ids.`,
  kept: (months, one) => `Lines are kept for ${one ? `${months} month` : `${months} months`}.`,
  footer:
    "From AuthPulse's own database. It holds ids alone; names are asked of Microsoft Graph for this view.",
};

import { ACCESS } from "./en/access.ts";
import { AUDIT } from "./en/audit.ts";
import { CAMPAIGN } from "./en/campaign.ts";
import { COMMAND_SUMMARIES } from "./en/commands.ts";
import { DIGEST } from "./en/digest.ts";
import { DOCTOR } from "./en/doctor.ts";
import { EXPORT } from "./en/export.ts";
import { DATES, FIGURES } from "./en/figures.ts";
import { HELPDESK } from "./en/helpdesk.ts";
import { HISTORY } from "./en/history.ts";
import { FAMILIES, METHODS } from "./en/methods.ts";
import { PROBLEM_FRAME, PROBLEMS } from "./en/problems.ts";
import { REASONS } from "./en/reasons.ts";
import { REPORTS } from "./en/reports.ts";
import { BUTTONS, HELP, PROGRESS, REPLIES, WELCOME, WHO_AM_I } from "./en/talk.ts";
import { TEAMS_APP } from "./en/teams-app.ts";
import { FEATURES, otherFeature, PERIODS, READERS, USAGE } from "./en/usage.ts";
import type { Words } from "./words.ts";

/** English. */
export const en: Words = {
  dates: DATES,
  figures: FIGURES,
  methods: METHODS,
  families: FAMILIES,
  newAtMicrosoft: (value) => `${value} (new at Microsoft)`,
  noName: "(no name)",
  periods: PERIODS,
  features: FEATURES,
  otherFeature,
  readers: READERS,
  reasons: REASONS,
  usage: USAGE,
  digest: DIGEST,
  exports: EXPORT,
  reports: REPORTS,
  history: HISTORY,
  helpdesk: HELPDESK,
  campaign: CAMPAIGN,
  commands: COMMAND_SUMMARIES,
  buttons: BUTTONS,
  problems: PROBLEMS,
  problem: PROBLEM_FRAME,
  progress: PROGRESS,
  help: HELP,
  whoAmI: WHO_AM_I,
  replies: REPLIES,
  welcome: WELCOME,
  onlyYou: "Only you see this view",
  access: ACCESS,
  audit: AUDIT,
  doctor: DOCTOR,
  teamsApp: TEAMS_APP,
};

import type { ProblemCode, ReadyReport } from "../../../kernel/problem.ts";
import type { ProblemFrameWords, ProblemWords } from "../words.ts";
import { ACCESS } from "./access.ts";
import { SIGN_IN } from "./sign-in.ts";

const OPERATOR = "Whoever runs AuthPulse in your organisation";
const GRANTER = "A Global or Privileged Role Administrator";
const GRANT = "Entra admin center › Enterprise apps › AuthPulse › Permissions › Grant admin consent";
const AGAIN = "Press Try again.";
const REPORT_IT = "Pass the reference below to whoever runs AuthPulse; the log explains it.";

/** The pages of the Entra admin center are those of the documentation of "Authentication methods activity". */
const EMPTY = {
  resets: {
    title: "Microsoft has not collected reset data for this tenant",
    todo: "Open the password reset audit logs in the Entra admin center once; Microsoft begins to collect then.",
  },
  registrations: {
    title: "Microsoft Graph lists nobody in its registration report",
    todo:
      "Open Authentication methods › Activity › Registration in the Entra admin center. If people are counted there, " +
      "check that AuthPulse reads that tenant (AZURE_TENANT_ID); if not, check that it has Microsoft Entra ID P1 or P2.",
  },
  "sign-ins": {
    title: "Microsoft Graph has no sign-ins for this tenant",
    todo:
      "Open Authentication methods › Activity › Usage in the Entra admin center. If sign-ins are counted there, check " +
      "that AuthPulse reads that tenant (AZURE_TENANT_ID); if not, check that it has Microsoft Entra ID P1 or P2.",
  },
} satisfies Readonly<Record<ReadyReport | "resets", Readonly<Record<"title" | "todo", string>>>>;

export const PROBLEMS: Readonly<Record<ProblemCode, ProblemWords>> = {
  "GRAPH-SIGN-IN": { ...SIGN_IN, who: () => OPERATOR },
  "GRAPH-PERMISSION": {
    title: () => "AuthPulse is not allowed to read this report yet",
    what: ({ permission }) =>
      `Microsoft Graph refused the request: the app has no consent for ${permission}.`,
    who: () => GRANTER,
    todo: () => GRANT,
    after: () => "Press Try again after a few minutes.",
  },
  "GRAPH-ROLE": {
    title: () => "The account that AuthPulse reads with lacks a role",
    what: () =>
      "Microsoft Graph refused the request: the signed-in account holds no role that may read these reports, " +
      "or its PIM activation has ended.",
    who: () => "The account's owner through PIM, or a Privileged Role Administrator",
    todo: () => "Activate or assign Reports Reader for the account whose token AuthPulse uses.",
    after: () => "Sign in again so that the token carries the role, then press Try again.",
  },
  "GRAPH-LICENCE": {
    title: () => "These reports need Microsoft Entra ID P1 or P2",
    what: () => "Microsoft Graph refused the request: it found no Microsoft Entra ID P1 or P2 licence.",
    who: () => "A Global or Billing Administrator",
    todo: ({ missing }) =>
      "Check the licences of this tenant. If P1 or P2 is there, grant Directory.Read.All to AuthPulse: " +
      `without it, Graph sometimes cannot see the licence.${missing ? ` ${alsoGrant(missing)}` : ""}`,
    after: () => "Press Try again; after a new licence, numbers can take up to three days.",
  },
  "GRAPH-NOT-COLLECTED": {
    title: ({ report }) => EMPTY[report ?? "resets"].title,
    what: () => "Microsoft Graph answered without a single row. This is not a zero.",
    who: () => "A Global Administrator or a Reports Reader",
    todo: ({ report }) => EMPTY[report ?? "resets"].todo,
    after: () => "Numbers arrive up to 36 hours later. Press Try again then.",
  },
  "GRAPH-SUSPICIOUS": {
    title: () => "Microsoft Graph answered with far fewer rows than before",
    what: () =>
      "A whole report does not lose half of its rows between two readings, so this answer was not taken for one. " +
      "The numbers and the history that were there before stay as they are.",
    who: () => "Nobody at first: it usually passes by itself",
    todo: () => "Wait. If the answer stays as small for a day, AuthPulse takes it for the truth.",
    after: () => "AuthPulse reads again by itself; Refresh reads now.",
  },
  "GRAPH-RETIRED": {
    title: () => "Microsoft switched this report off on 1 August 2025",
    what: ({ permission }) =>
      "Graph's old usage report gave no numbers: this API is documented to return no data since " +
      `1 August 2025; grant ${permission}.`,
    who: () => GRANTER,
    todo: ({ permission }) =>
      `Grant ${permission} to AuthPulse in the Entra admin center, so that it can read the report that ` +
      "replaces the old one. If GRAPH_REPORTS is set to legacy, set it to auto.",
    after: () => "Press Try again after a few minutes.",
  },
  "GRAPH-THROTTLED": {
    title: ({ seconds, retryAt }) => {
      if (seconds !== undefined) {
        return seconds === 1
          ? "Microsoft asks us to wait 1 second"
          : `Microsoft asks us to wait ${seconds} seconds`;
      }
      return retryAt ? `Microsoft asks us to wait until ${retryAt}` : "Microsoft asks us to wait";
    },
    what: () => "Microsoft Graph limits how often these reports may be read in one tenant.",
    who: () => "Nobody needs to: it passes by itself",
    todo: () => "Wait. Other apps that read the same reports use up the same limit.",
    after: ({ retryAt, seconds }) => {
      if (seconds !== undefined) {
        return "Press Try again then.";
      }
      return retryAt ? `Try again from ${retryAt} on.` : "Press Try again after a minute.";
    },
  },
  "GRAPH-UNREACHABLE": {
    title: () => "Microsoft Graph does not answer",
    what: ({ answer }) => `AuthPulse got no usable answer${answer ? ` (${answer})` : ""}.`,
    who: () => "Nobody, if Microsoft is down; else whoever runs AuthPulse",
    todo: () => "Check Microsoft's service health. If that is green, check AuthPulse's way to the internet.",
    after: ({ retryAt }) => (retryAt ? `Next try ${retryAt}.` : "Press Try again in a few minutes."),
  },
  "GRAPH-ANSWER": {
    title: () => "Microsoft Graph answered in an unknown form",
    what: () =>
      "The answer did not look as documented. AuthPulse does not guess, so nothing of it is shown or kept.",
    who: () => "The makers of AuthPulse: Microsoft has probably changed the report",
    todo: () => REPORT_IT,
    after: () => "Press Try again; if it stays, AuthPulse needs an update.",
  },
  "GRAPH-PAGING": {
    title: () => "Microsoft Graph's pages did not come to an end",
    what: () =>
      "The report comes in pages, and they repeated themselves or led elsewhere. AuthPulse stopped, because " +
      "half a report would look like a whole one.",
    who: () => "Nobody at first: it usually passes by itself",
    todo: () => REPORT_IT,
    after: () => AGAIN,
  },
  "GRAPH-REFUSED": {
    title: () => "Microsoft Graph refused the request",
    what: ({ answer }) =>
      `Graph gave a reason that AuthPulse does not know${answer ? ` (${answer})` : ""}. No numbers were read.`,
    who: () => OPERATOR,
    todo: () => REPORT_IT,
    after: () => AGAIN,
  },
  "GRAPH-GROUP": {
    title: () => "A group whose members are not counted does not exist",
    what: () =>
      "The setting EXCLUDE_GROUP_IDS names a group that this tenant does not have. People were not counted: its " +
      "members would be among them.",
    who: () => OPERATOR,
    todo: () => "Correct EXCLUDE_GROUP_IDS; the log names the group. Then restart AuthPulse.",
    after: () => AGAIN,
  },
  "ACCESS-DENIED": {
    title: ({ denied }) => ACCESS.denied(denied?.may ?? ACCESS.may.reports),
    what: ({ denied }) =>
      denied?.outside ? ACCESS.outside.what : ACCESS.openTo(denied?.holders ?? ACCESS.nobody),
    who: ({ denied }) => (denied?.outside ? ACCESS.outside.who : ACCESS.who),
    todo: ({ denied }) => {
      if (denied?.outside) {
        return ACCESS.outside.todo;
      }
      return [
        denied && denied.groups.length > 0
          ? ACCESS.askGroup(ACCESS.or(denied.groups))
          : ACCESS.askForGroup(denied?.setting ?? "ACCESS_REPORTS"),
        ACCESS.twoAccounts,
        ACCESS.pim,
      ].join(" ");
    },
    after: () => "Press Check again.",
  },
  "ACCESS-UNDECIDED": {
    title: () => "AuthPulse could not check what you may see",
    what: ({ missing, teams }) =>
      teams
        ? "Teams did not say whether you are a member of this team, so nothing is changed."
        : missing
          ? `Microsoft Graph refused to tell which roles and groups you hold: the app has no consent for ${missing}. So nothing ` +
            "is shown."
          : "Microsoft Graph did not answer the question which roles and groups you hold, so nothing is shown.",
    who: ({ missing }) => (missing ? GRANTER : "Nobody, if it is only slow; else whoever runs AuthPulse"),
    todo: ({ missing }) =>
      missing ? GRANT : "Wait a minute. If it stays, whoever runs AuthPulse finds the reason in its log.",
    after: ({ missing }) => (missing ? "Press Check again after a few minutes." : "Press Check again."),
  },
  "EXPORT-TOO-LARGE": {
    title: () => "This export is too large for one file",
    what: () =>
      "The file would grow beyond the largest size that AuthPulse puts together. Nothing was kept of it.",
    who: () => "Whoever asks for it",
    todo: () => "Ask for less: a shorter period, a smaller scope, or a list with a filter.",
    after: () => "Ask for the export again.",
  },
  "TEAMS-ROSTER": {
    title: () => "Teams did not say who can read this place",
    what: ({ answer }) =>
      `AuthPulse asked Teams for the members and got no usable answer${answer ? ` (${answer})` : ""}. Nothing was changed or posted.`,
    who: () => "Nobody at first: it usually passes by itself",
    todo: () =>
      "Check that AuthPulse is still installed here. If it stays, whoever runs it finds more in the log.",
    after: () => AGAIN,
  },
  "STORE-UNAVAILABLE": {
    title: () => "AuthPulse's own storage does not answer",
    what: () => "The numbers are kept in AuthPulse's data directory, and it cannot be read or written.",
    who: () => OPERATOR,
    todo: () => "Check that the data directory is there, has space, and is not in use by another AuthPulse.",
    after: () => AGAIN,
  },
  INTERNAL: {
    title: () => "AuthPulse made a mistake",
    what: () => "Something happened that AuthPulse was not prepared for. Nothing was changed or posted.",
    who: () => OPERATOR,
    todo: () => REPORT_IT,
    after: () => AGAIN,
  },
};

function alsoGrant(permission: string): string {
  return `Grant ${permission} to AuthPulse as well: the report that replaces the old one needs it.`;
}

export const PROBLEM_FRAME: ProblemFrameWords = {
  who: "Who can fix it",
  todo: "What to do",
  after: "Then",
  last: "Last numbers",
  complete: (moment) => `${moment}, complete`,
  signedIn: (account) => `You are signed in to Teams as ${account}.`,
};

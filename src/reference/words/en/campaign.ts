import type { CampaignText, CampaignWords } from "../campaign-words.ts";

/**
 * First steps follow the pages of `reference/campaigns.ts`; the texts to send are our own and hold nothing of a tenant.
 * No text advises SMS or voice calls.
 */
const CAMPAIGNS: CampaignWords["campaigns"] = {
  "registration-drive": {
    task: (count) => `remind the ${group(count)} in scope who cannot reset yet`,
    what: "people in scope cannot reset their password",
    first: "Ask “people not registered” for the list, and send them the text; begin with one department.",
    to: "the people who cannot reset yet",
    text:
      "If you forget your password, you can set a new one yourself, at any hour. For that, please add your sign-in " +
      "methods once at https://aka.ms/mysecurityinfo. It takes two minutes. The Authenticator app or a passkey is best.",
  },
  "second-method": {
    task: () => "ask people with too few methods to add one more",
    what: "failed because the account had too few methods",
    first:
      "Compare the number of methods that the reset policy asks for with what people have registered, then send the text.",
    to: "people who use self-service password reset",
    text:
      "Setting a new password yourself takes more than one method. Please check at https://aka.ms/mysecurityinfo that " +
      "you have at least two, for example the Authenticator app and an email address outside of work.",
  },
  writeback: {
    task: () => "repair password writeback",
    what: "failed because the on-premises password could not be written",
    first:
      "Look into the event log of the synchronization server, and check its outbound port 443 and the rights of its account.",
    to: "whoever runs the synchronization server",
    text:
      "Password resets fail because the new password is not written to the on-premises directory. Please check the " +
      "event log of the synchronization server, its outbound connections on port 443, whether password writeback is " +
      "enabled, and the Reset password right of its directory account.",
  },
  scope: {
    task: () => "check who is allowed to reset their password",
    what: "were not allowed by policy",
    first:
      "Compare the group that may reset passwords with the people who try, in the password reset properties.",
    to: "whoever manages the password reset policy",
    text:
      "People try to reset their password and are refused, because password reset is not switched on for them. Please " +
      "check in the Entra admin center, Password reset, Properties, whether their group should be included.",
  },
  licence: {
    task: () => "close the licence gap of password reset",
    what: "failed because the account had no licence for it",
    first:
      "Find the accounts in the audit logs, Self-service Password Management, and assign a licence by group.",
    to: "whoever assigns licences",
    text:
      "People try to reset their password and are refused for want of a licence. Please check which groups lack a " +
      "licence that includes self-service password reset, and assign it.",
  },
  "password-rules": {
    task: () => "explain the rules for new passwords",
    what: "failed because the password was refused",
    first:
      "Look at what the banned password list and the on-premises rules refuse, and publish both in one place.",
    to: "everybody who resets a password",
    text:
      "A new password is refused when it holds your name, the name of the company, a common word or a simple pattern. " +
      "Three or four words that have nothing to do with each other make a good one.",
  },
  helpdesk: {
    task: () => "show people how to reset their password without an administrator",
    what: "ended with the person asking an administrator",
    first:
      "Let the helpdesk name https://aka.ms/sspr first, and ask people to register before it sets a password for them.",
    to: "the helpdesk",
    text:
      "When somebody asks for a new password: point them to https://aka.ms/sspr first. If that fails, note at which step " +
      "and with which method, and ask them to correct their methods at https://aka.ms/mysecurityinfo afterwards.",
  },
  blocked: {
    task: () => "look into the resets that Microsoft blocked",
    what: "ended in a block for 24 hours",
    first:
      "Look in the audit logs for “Blocked from self-service password reset”: many accounts within a short time can be " +
      "an attack, a few people again and again need help.",
    to: "the security team",
    text:
      "Microsoft has blocked self-service password resets after too many tries. Please check in the audit logs, " +
      "Self-service Password Management, which accounts are concerned and whether the tries come close together.",
  },
  worse: {
    task: (_count, method) =>
      method === undefined
        ? "find out why resets fail more often"
        : `find out why ${method} fails more often`,
    what: "",
    first: "Ask “failures 7 days” for the reasons, and look at the service health of Microsoft 365.",
    to: "the helpdesk",
    text:
      "Resetting a password fails more often than usual at the moment. Please point people to another method that they " +
      "have registered, such as the Authenticator app, and tell us which step fails.",
  },
  passkey: {
    task: (count) => `invite the ${group(count)} whose only second method is a phone to add a passkey`,
    what: "members have a phone as their only second method",
    first:
      "Switch passkeys on for a pilot group in the authentication methods policy, then invite its people.",
    to: "people whose only second method is a phone",
    text:
      "Please add a passkey at https://aka.ms/mysecurityinfo: Add sign-in method, Passkey. It is safer and quicker than " +
      "codes by text message or calls, and it works when your phone number changes.",
  },
} satisfies Readonly<Record<string, CampaignText>>;

export const CAMPAIGN: CampaignWords = {
  title: "What would help most",
  textsTitle: "Texts to send",
  campaigns: CAMPAIGNS,
  thisWeek: (task) => `This week: ${task}.`,
  nothing: "Nothing urgent this week.",
  unknown: "Too little is known to say what would help.",
  headline: (task) => `What would help most: ${task}.`,
  ranked: (place, task) => `${place}. ${capital(task)}`,
  facts: { who: "For", evidence: "Evidence", first: "First step" },
  who: {
    people: (people, one) => (one ? `${people} person` : `${people} people`),
    tries: (tries) => `The people behind ${tries} failed tries; they could not be counted`,
    adminResets: (resets) => `The people behind ${resets} resets by administrators`,
    worse: (method) =>
      method === undefined ? "Everybody who resets" : `Everybody who resets with ${method}`,
  },
  evidence: {
    people: (people, of, percent, what) =>
      `${people} of ${of} ${what}${percent === undefined ? "" : ` (${percent})`}.`,
    tries: (tries, of, percent, what, days) =>
      `${tries} of ${of} reset tries of ${days} days ${what} (${percent}).`,
    adminResets: (byAdmins, of, percent) =>
      `${byAdmins} of ${of} password resets of 7 days were made by administrators (${percent}).`,
    worse: (method, now, before, than) =>
      `${method === undefined ? "Resets" : method} worked less often: ${now}, ${before} ${than}.`,
  },
  phoneUsers: (people, one, withStrong) =>
    `${one ? `${people} person` : `${people} people`} used a phone for a reset or a registration in 30 days; ` +
    `${withStrong} of them ${withStrong === "1" ? "has" : "have"} registered something better.`,
  also: (tasks) => `Then: ${tasks.join("; ")}.`,
  notKnown: {
    people: "People could not be counted, so nothing is said about registration or phones.",
    phoneOnly: "This report does not tell who has a phone alone, so nothing is said about phones.",
    inScope: "Nobody is in scope of password reset, so nothing is said about who cannot reset.",
    resets: "Reasons of failed resets are not known, so nothing is said about them.",
    byWhom: "Resets by administrators are not known; ask “trend helpdesk”.",
  },
  noTries:
    "No reset tries in 30 days. That can be real, or Microsoft does not collect reset data for this tenant.",
  subtitle: (day) => `As of ${day} · tries of 30 days, members`,
  explanations: [
    "Suggested from 20 people or tries on that are a twentieth of the whole; resets by administrators from a quarter on. " +
      "What has stopped working for a reason nobody knows comes first, then what is missing or fails, then what is merely weak; more people come first.",
    "The figures are evidence, not a cause.",
  ],
  reader: "events, registration and daily reports",
  textFor: (to) => `A text to send to ${to}:`,
  textButton: "Text to send",
  pageButton: (place) => `Microsoft's page ${place}`,
  shortened: "Lines are left out here: the card would be too large for Teams.",
};

/** A count that is kept back is left out: “the fewer than five people” is no English. */
function group(count: string | undefined): string {
  return count === undefined ? "people" : `${count} people`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

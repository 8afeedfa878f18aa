import type { Script, ScriptedEvent } from "../../src/sample-tenant/script.ts";

/** A Monday, minutes after a week of UTC has ended: the last seven days are those of its digest. */
const NOW = new Date("2026-11-23T00:01:00Z");
const DAY = 86_400_000;

/** Microsoft's own words for what tries fail of. */
const REASONS = {
  sms: "User abandoned after starting the mobile SMS verification option",
  licence: "User does not have a license. You can add a license to the user to resolve this",
  writeback:
    "We could not reach your on-premises password reset service. Check your sync machine's event log",
  blocked: "User entered too many invalid SMS verification codes and is blocked for 24 hours",
  tooFewMethods:
    "User's account has insufficient authentication methods defined. Add authentication info to resolve this",
} as const;

interface Tries {
  readonly method: string;
  readonly count: number;
  /** A success where there is none. */
  readonly failsOf?: keyof typeof REASONS;
  /** How many people make them; each try is of another one where nothing is said. */
  readonly people?: number;
  /** Days ago: between these, evenly. */
  readonly between?: readonly [first: number, last: number];
}

/** All of them in the scope of password reset unless `inScope` is smaller. */
interface Members {
  readonly people: number;
  readonly inScope?: number;
  readonly unregistered?: number;
  readonly phoneOnly?: number;
}

export interface Story {
  /** When it is told, where that matters. */
  readonly now?: Date;
  /** Tries of thirty days. */
  readonly resets: readonly Tries[];
  readonly members: Members;
  /** Members as they were counted in the weeks before, one count a week, the oldest first. */
  readonly earlier?: readonly Members[];
  /** What "campaign" ranks, the first one being the overview's advice too. */
  readonly campaigns: readonly string[];
  /** Stands where no campaign is suggested. */
  readonly instead?: string;
  /** What answers say, by question. */
  readonly says: Readonly<Record<string, readonly (string | RegExp)[]>>;
  readonly saysNot?: Readonly<Record<string, readonly (string | RegExp)[]>>;
}

const USUAL: readonly Tries[] = [
  { method: "microsoftAuthenticatorPush", count: 500 },
  { method: "microsoftAuthenticatorPush", count: 20, failsOf: "sms" },
  { method: "sms", count: 270 },
  { method: "sms", count: 30, failsOf: "sms" },
];
export const HEALTHY = { people: 400, unregistered: 8, phoneOnly: 12 } as const;
const QUIET = "Nothing urgent this week.";
/** Told with its day, and never as the cause of a figure. */
const ANNOUNCED =
  "Since 9 Nov 2026, as announced: password reset accepts registered methods only (MC1325414).";

/** Tenants whose story is known, so that an answer can be told right from wrong. */
export const STORIES: Readonly<Record<string, Story>> = {
  "an outage of SMS": {
    resets: [
      { method: "microsoftAuthenticatorPush", count: 520 },
      { method: "sms", count: 200, between: [29, 7.2] },
      { method: "sms", count: 20, failsOf: "sms", between: [29, 7.2] },
      { method: "sms", count: 25, between: [6.8, 0.1] },
      { method: "sms", count: 60, failsOf: "sms", between: [6.8, 0.1] },
    ],
    members: HEALTHY,
    campaigns: ["Find out why SMS fails more often"],
    says: {
      overview: ["Resets worked less often", "SMS is where"],
      "failures 7 days": [/Stopped half-way, more often: \d+ % of 2\d\d tries, \d % of \d+ tries/],
    },
    saysNot: { campaign: [/use SMS|text message/i], "failures 7 days": ["Blocked", "No licence"] },
  },
  "an outage of SMS where many still have to register": {
    resets: [
      { method: "microsoftAuthenticatorPush", count: 60 },
      { method: "sms", count: 200, between: [29, 7.2] },
      { method: "sms", count: 20, failsOf: "sms", between: [29, 7.2] },
      { method: "sms", count: 60, failsOf: "sms", between: [6.8, 0.1] },
    ],
    members: { people: 400, unregistered: 120, phoneOnly: 12 },
    campaigns: ["Find out why SMS fails more often", "Remind the 120 people in scope who cannot reset yet"],
    says: { overview: ["Resets worked less often", "SMS is where"] },
  },
  "a licence gap": {
    resets: [...USUAL, { method: "email", count: 90, failsOf: "licence", people: 45 }],
    members: HEALTHY,
    campaigns: ["Close the licence gap of password reset"],
    says: {
      campaign: ["45 people", "90 of 910 reset tries of 30 days", "concept-sspr-licensing"],
      failures: ["No licence", "45 people", "Assign a licence with Microsoft Entra ID P1 or P2."],
      overview: ["no clear change"],
    },
  },
  "a fault of writeback": {
    resets: [...USUAL, { method: "email", count: 120, failsOf: "writeback", people: 80 }],
    members: HEALTHY,
    campaigns: ["Repair password writeback"],
    says: {
      campaign: ["80 people", "troubleshoot-sspr-writeback"],
      failures: ["On-premises password", "80 people", "lives in the on-premises directory", "event log"],
    },
  },
  "a registration drive that is needed": {
    resets: USUAL,
    members: { people: 400, unregistered: 120, phoneOnly: 60 },
    campaigns: [
      "Remind the 120 people in scope who cannot reset yet",
      "Invite the 60 people whose only second method is a phone to add a passkey",
    ],
    says: { campaign: ["120 of 400 people in scope cannot reset their password (30 %)."] },
  },
  "a slow retirement of phones": {
    resets: USUAL,
    members: { ...HEALTHY, phoneOnly: 100 },
    earlier: [170, 163, 157, 149, 142, 136, 129, 121, 114, 108].map((phoneOnly) => ({
      ...HEALTHY,
      phoneOnly,
    })),
    campaigns: ["Invite the 100 people whose only second method is a phone to add a passkey"],
    says: {
      campaign: ["100 of 400 members have a phone as their only second method (25 %)."],
      "phone retirement": [
        "A phone is the only second method of 100 of 400 members",
        "From 1 Feb 2027, as announced:",
        "Password resets by phone",
        "Over 9 whole weeks it fell by about 7 a week.",
        "at this pace 31 would be left on 1 Feb 2027",
      ],
      overview: ["no clear change"],
    },
    saysNot: { campaign: [/use SMS|text message/i] },
  },
  "the day from which phone numbers of the directory do not count": {
    now: new Date("2026-11-16T00:01:00Z"),
    resets: [
      { method: "microsoftAuthenticatorPush", count: 520 },
      { method: "officePhone", count: 190, between: [29, 7.1] },
      { method: "officePhone", count: 10, failsOf: "sms", between: [29, 7.1] },
      { method: "officePhone", count: 70, failsOf: "tooFewMethods", people: 45, between: [6.9, 0.1] },
    ],
    members: { people: 400, unregistered: 60, phoneOnly: 12 },
    campaigns: [
      "Remind the 60 people in scope who cannot reset yet",
      "Ask people with too few methods to add one more",
      "Find out why Office phone fails more often",
    ],
    says: {
      campaign: ["45 people", ANNOUNCED],
      overview: ["Resets worked less often", "Office phone is where", ANNOUNCED],
      "failures 7 days": ["Too few methods", "45 people"],
    },
    saysNot: {
      campaign: [/because of|due to|caused/i],
      overview: [/because of|due to|caused/i],
      "failures 7 days": ["Blocked", "No licence"],
    },
  },
  "a quiet month": {
    resets: USUAL,
    members: HEALTHY,
    campaigns: [],
    instead: QUIET,
    says: { overview: ["no clear change", QUIET] },
    saysNot: { campaign: ["Evidence", "Text to send"] },
  },
  "a tenant that has just begun": {
    resets: [],
    members: { people: 300, inScope: 0, unregistered: 300 },
    campaigns: [],
    instead: "Too little is known to say what would help.",
    says: { campaign: ["Reasons of failed resets are not known", "Nobody is in scope of password reset"] },
    saysNot: { campaign: [QUIET], overview: [QUIET] },
  },
  "an attack of invalid codes": {
    resets: [...USUAL, { method: "sms", count: 300, failsOf: "blocked", people: 60, between: [2.5, 0.5] }],
    members: HEALTHY,
    campaigns: ["Look into the resets that Microsoft blocked", "Find out why SMS fails more often"],
    says: {
      campaign: ["60 people", "can be an attack"],
      "failures 7 days": ["Blocked for 24 hours", "Many at once can be an attack."],
    },
  },
  "fifty people": {
    resets: [
      { method: "email", count: 25 },
      { method: "email", count: 15, failsOf: "licence", people: 9 },
    ],
    members: { people: 50, unregistered: 12, phoneOnly: 9 },
    campaigns: [],
    instead: QUIET,
    says: { failures: ["15 of 40 tries failed"] },
  },
};

/** When a story is told, and so many weeks before. */
export function timeOf({ now = NOW }: Story, weeksAgo = 0): Date {
  return new Date(now.getTime() - weeksAgo * 7 * DAY);
}

/** What Graph answers in a story. */
export function scriptOf(story: Story): Script {
  const now = timeOf(story);
  return scriptAt(
    now,
    story.resets.flatMap((tries) => eventsOf(tries, now.getTime())),
    story.members,
  );
}

/** What Graph answers at a moment about tries and members, with a few resets by administrators every day. */
export function scriptAt(now: Date, events: readonly ScriptedEvent[], members: Members): Script {
  const days = Array.from({ length: 30 }, (_unused, back) => ({
    id: `passwords ${back}`,
    aggregatedDateTime: new Date(Math.floor(now.getTime() / DAY - back) * DAY).toISOString(),
    passwordResetsByAdminCount: 1,
    passwordResetsSelfServiceCount: 20,
    changePasswordSelfServiceCount: 5,
  }));
  return {
    events: events.toSorted((one, other) => other.eventDateTime.localeCompare(one.eventDateTime)),
    rows: { userRegistrationDetails: peopleOf(members), userPasswordResetsAndChangesSummary: days },
  };
}

function eventsOf(
  { method, count, failsOf, people = count, between = [29, 0.1] }: Tries,
  now: number,
): ScriptedEvent[] {
  const [first, last] = between;
  return Array.from({ length: count }, (_unused, index) => ({
    id: `${method}-${failsOf}-${first}-${index}`,
    feature: "reset",
    authMethod: method,
    isSuccess: failsOf === undefined,
    failureReason: failsOf === undefined ? "" : REASONS[failsOf],
    userPrincipalName: `${failsOf ?? "ok"}-${method}-${index % people}@contoso.example`,
    eventDateTime: new Date(now - (first - ((first - last) * (index + 0.5)) / count) * DAY).toISOString(),
  }));
}

function peopleOf({ people, inScope = people, unregistered = 0, phoneOnly = 0 }: Members) {
  return Array.from({ length: people }, (_unused, index) => {
    const isRegistered = index >= unregistered;
    const isEnabled = index < inScope;
    const hasPhoneAlone = isRegistered && index < unregistered + phoneOnly;
    return {
      id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
      userPrincipalName: `member-${index}@contoso.example`,
      userDisplayName: `Member ${index}`,
      userType: "member",
      isAdmin: false,
      isSsprRegistered: isRegistered,
      isSsprEnabled: isEnabled,
      isSsprCapable: isRegistered && isEnabled,
      isMfaRegistered: isRegistered,
      isMfaCapable: isRegistered,
      isPasswordlessCapable: false,
      methodsRegistered: isRegistered ? [hasPhoneAlone ? "mobilePhone" : "microsoftAuthenticatorPush"] : [],
      lastUpdatedDateTime: NOW.toISOString(),
      isSystemPreferredAuthenticationMethodEnabled: true,
      systemPreferredAuthenticationMethods: [],
      userPreferredMethodForSecondaryAuthentication: "none",
    };
  });
}

import type {
  ButtonWords,
  HelpWords,
  ProgressWords,
  ReplyWords,
  WelcomeWords,
  WhoAmIWords,
} from "../words.ts";

export const BUTTONS: ButtonWords = {
  refresh: "Refresh",
  back: "Back",
  byMethod: "By method",
  byFeature: "By feature",
  whyFail: "Why do they fail?",
  tryAgain: "Try again",
  lastNumbers: "Show last numbers",
  checkAgain: "Check again",
  whoAmI: "Who am I",
  adminCenter: "Open Entra admin center",
  help: "Help",
  explain: "Explain",
  next: "Next",
  previous: "Previous",
  methods: "Methods",
  byReason: "By reason",
  personalChat: "Open personal chat",
};

export const PROGRESS: ProgressWords = {
  sofar: (pages, rows, one) =>
    `Reading Microsoft Graph: ${pages} ${one.page ? "page" : "pages"}, ${rows} ${one.row ? "row" : "rows"} so far.`,
  starting: "Reading Microsoft Graph: waiting for the first page.",
  stay: "This card fills itself; you can leave.",
  again: (button) => `This view does not fill itself. Press “${button}” again in a moment.`,
  waiting: (until) => `Microsoft asks us to wait until ${until}.`,
  nothingStored: "No complete numbers are kept yet. Press Refresh to read them.",
  stopped: "AuthPulse was stopped before all numbers were read. Press Refresh when it runs again.",
};

export const HELP: HelpWords = {
  title: "What you can ask",
  headline: (count) =>
    count === 1 ? "AuthPulse answers 1 command." : `AuthPulse answers ${count} commands.`,
  intro: "I read how password reset and MFA registration are doing in your Microsoft Entra tenant.",
  options:
    "Add what you want to see: last day, 7 days or 30 days; resets or registrations; a method such as SMS.",
  refine: "In a personal chat, “only sms” or “7 days” changes the last answer.",
  mention: "In a channel or a group chat, mention me first.",
};

export const WHO_AM_I: WhoAmIWords = {
  title: "Who you are to AuthPulse",
  tenant: "Tenant id",
  account: "Account id",
  name: "Name",
  access: "Access",
  undecided: "Not known: Microsoft Graph did not answer the check of your roles and groups",
  unchecked: "Not known: AuthPulse may not check your roles and groups",
  allowed: (mays) => `You may ${mays}`,
  refused: "You may not see the reports",
  later: "Nothing is shown until Graph answers. Ask again in a minute.",
  lacking: (permission) =>
    `Microsoft Graph refused the check: the app has no consent for ${permission}. A Global or Privileged Role ` +
    "Administrator grants it in the Entra admin center. Nothing is shown before.",
  operator: "You run AuthPulse",
  operatorAccess: "Open: you run AuthPulse with its own credentials",
  operatorWhy: "Whoever holds the credentials holds the data, so no role is checked here.",
};

const TIME_WORD =
  /^(?:\d+\w*|(?:minute|hour|day|week|fortnight|month|quarter|year|decade)(?:s|ly)?|annual\w*)$/i;

export const REPLIES: ReplyWords = {
  misunderstood: "I did not understand that",
  unknown: (words) => `I did not understand ${words.map((word) => `“${word}”`).join(", ")}.`,
  isAboutTime: (word) => TIME_WORD.test(word),
  periodHint: "Periods are 1, 7 or 30 days, and not every question takes one.",
  didYouMean: "Did you mean one of these?",
  nothingNear: "Ask “help” to see what I answer.",
  notAllowed: (denied) => `${denied}. Ask me “who am i” to learn why.`,
  unknownButton: "This button is from another version of AuthPulse. Please ask again.",
  otherChat:
    "This button belongs to another chat, or to an older version of AuthPulse. Please ask again here.",
  answeredBelow: "The answer is below.",
  notAnswered: "AuthPulse made a mistake and could not answer. Its log says more.",
  stillWorking: "This takes longer than usual. Please press again in a moment.",
  busy: "Too much is asked of AuthPulse at once",
  askAgain: "Please ask again in a minute.",
  notYourTenant: "AuthPulse serves another organization here, so it does not answer.",
};

export const WELCOME: WelcomeWords = {
  title: "Hello, I am AuthPulse",
  what:
    "I answer how self-service password reset and MFA registration are doing, with the numbers of Microsoft " +
    "Graph.",
  who: "Answers are for people who may see these reports; “who am i” tells whether you may.",
  personal: "Write a question, or press a button.",
  shared: "Mention me with a question. Everybody here sees the answer.",
};

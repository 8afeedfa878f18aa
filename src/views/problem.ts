import type { Permission } from "../access/permission.ts";
import type { Holder } from "../access/rules.ts";
import type { ProblemCode, ProblemFacts } from "../kernel/problem.ts";
import type { Question } from "../language/question.ts";
import type { ProblemDetails, Words } from "../reference/words/words.ts";
import type { Audience } from "./audience.ts";
import { createFormat, type Format, utcStamp } from "./format.ts";
import { groupsOf, holdersText, settingOf } from "./holders.ts";
import { printable } from "./plain-text.ts";
import type { Button, Fact, ProblemView } from "./view.ts";

export interface ProblemAnswer {
  readonly code: ProblemCode;
  readonly facts: ProblemFacts;
  readonly audience: Audience;
  readonly correlationId: string;
  /** For ACCESS-DENIED: what was refused, and who holds it. */
  readonly denied?: {
    readonly permission: Permission;
    readonly holders: readonly Holder[];
    /** The permission is held, but not membership of the team. */
    readonly outside?: true;
  };
  /** What was asked; without it there is nothing to try again. */
  readonly question?: Question;
  /** When the last complete numbers were read, if there are any. */
  readonly lastReadAt?: Date;
  /** The viewer's own account name. Pass it in a personal chat only: elsewhere others would read it. */
  readonly account?: string;
  /** The Entra admin center of the tenant's cloud. */
  readonly adminCenter?: string;
}

const ADMIN_CENTER = "https://entra.microsoft.com";
/** What the reports need (Graph permission of `userEventsSummary` and its sisters). */
const REPORT_PERMISSION = "AuditLog.Read.All";
/** Longer waits are told by the clock. */
const SECONDS_UP_TO = 120;

const IN_ADMIN_CENTER: readonly ProblemCode[] = [
  "GRAPH-SIGN-IN",
  "GRAPH-PERMISSION",
  "GRAPH-ROLE",
  "GRAPH-LICENCE",
  "GRAPH-NOT-COLLECTED",
  "GRAPH-RETIRED",
];

/**
 * What failed, who can fix it and how, in words for administrators. Where access is refused or undecided,
 * the last numbers are neither named nor offered: they are what is being kept back.
 */
export function problemView(answer: ProblemAnswer): ProblemView {
  const { code, audience, account, lastReadAt } = answer;
  const { problems, problem } = audience.words;
  const told = problems[code];
  const format = createFormat(audience);
  const details = detailsOf(answer, format);
  const stored = isAboutAccess(code) ? undefined : lastReadAt;
  const title = told.title(details);
  const what = told.what(details);
  const facts: Fact[] = [
    { name: problem.who, value: told.who(details) },
    { name: problem.todo, value: told.todo(details) },
    { name: problem.after, value: told.after(details) },
    ...(stored ? [{ name: problem.last, value: problem.complete(capital(format.moment(stored))) }] : []),
  ];
  const signedIn = code === "ACCESS-DENIED" && account ? [problem.signedIn(printable(account, 100))] : [];
  return {
    kind: "problem",
    code,
    title,
    headline: `${title}.`,
    what: [what, ...signedIn].join(" "),
    facts,
    buttons: buttonsOf(answer, stored !== undefined),
    reference: [code, printable(answer.correlationId, 40), utcStamp(audience)].join(" · "),
  };
}

/** What went wrong, as part of a sentence. */
export function problemTitle(code: ProblemCode, facts: ProblemFacts, audience: Audience): string {
  return audience.words.problems[code].title(detailsOf({ facts, audience }, createFormat(audience)));
}

function detailsOf(
  { facts, audience, denied }: Pick<ProblemAnswer, "facts" | "audience" | "denied">,
  format: Format,
): ProblemDetails {
  const { permission, retryAt, signIn, status, graphCode, aadsts, report, teams } = facts;
  const wait = retryAt ? Math.ceil((retryAt.getTime() - audience.now.getTime()) / 1_000) : 0;
  const answer = [status, graphCode, aadsts].filter((part) => part !== undefined).join(" ");
  return {
    permission: printable(permission ?? REPORT_PERMISSION),
    ...(permission && { missing: printable(permission) }),
    ...(signIn && { signIn }),
    ...(retryAt && wait > 0 && { retryAt: format.moment(retryAt) }),
    ...(wait > 0 && wait <= SECONDS_UP_TO && { seconds: wait }),
    ...(answer && { answer: printable(answer, 80) }),
    ...(report && { report }),
    ...(teams && { teams }),
    ...(denied && { denied: deniedDetails(denied, audience.words) }),
  };
}

function deniedDetails(
  { permission, holders, outside }: NonNullable<ProblemAnswer["denied"]>,
  words: Words,
): NonNullable<ProblemDetails["denied"]> {
  return {
    may: words.access.may[permission],
    holders: holdersText(holders, words),
    groups: groupsOf(holders),
    setting: settingOf(permission),
    ...(outside && { outside }),
  };
}

function buttonsOf({ code, question, audience, adminCenter }: ProblemAnswer, hasStored: boolean): Button[] {
  const { buttons } = audience.words;
  if (isAboutAccess(code)) {
    return [
      ...(question ? [{ title: buttons.checkAgain, verb: "retry" as const, question }] : []),
      { title: buttons.whoAmI, verb: "ask", question: { command: "whoami", options: {} } },
    ];
  }
  return [
    ...(question ? [{ title: buttons.tryAgain, verb: "retry" as const, question }] : []),
    ...(question && hasStored ? [{ title: buttons.lastNumbers, verb: "stored" as const, question }] : []),
    ...(IN_ADMIN_CENTER.includes(code)
      ? [{ title: buttons.adminCenter, url: adminCenter ?? ADMIN_CENTER }]
      : []),
  ];
}

function isAboutAccess(code: ProblemCode): boolean {
  return code === "ACCESS-DENIED" || code === "ACCESS-UNDECIDED";
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

import { COMMANDS } from "./commands.ts";
import { MFA, prefixed } from "./option-words.ts";
import type { CommandId } from "./question.ts";
import { COMMAND_IDS } from "./question.ts";

const READING_COMMANDS: readonly CommandId[] = COMMAND_IDS.filter((id) => !COMMANDS[id].changes);

/** Beside one of these a method is an option: "passkeys" asks who registered them, "only passkeys" for their usage. */
export const NARROWING: readonly string[] = ["only", "just"];

/** Words that carry no meaning of their own; they may stand anywhere, also inside a phrase. */
export const FILLERS: ReadonlySet<string> = new Set(
  (
    "a an the and or of for in on at to from with via using as during within across regarding so now then also instead over " +
    `${NARROWING.join(" ")} ` +
    "i me my we us our you your it its this that these those there here they their them " +
    "please pls plz kindly id im ive ill wed can could would like want need let will be been am " +
    "show give get got see view tell display find print list bring pull check look " +
    "last past recent current currently latest rolling previous yet still again already any some " +
    "number numbers count counts total figure figures data info information report reports " +
    "same too very lot result results card chart graph table rate rates percentage percent details period scope filter time " +
    "top main most common more one ones overall really actually quickly ok okay " +
    "split group grouped broken down breakdown sorted sort kind kinds type types " +
    "tenant company organisation organization channel bot authpulse entra azure microsoft mailto"
  ).split(" "),
);

/**
 * Words of a question. Beside a command that changes something they are not ignored: "how do I pause the
 * digest" must not pause it.
 */
export const QUESTION_WORDS: ReadonlySet<string> = new Set(
  (
    "how what which why when where do does did doing done go going is are was were has have had having being " +
    "should may might shall many much well often about know if"
  ).split(" "),
);

export const GREETINGS: readonly string[] = [
  "hello",
  "hi",
  "hey",
  "howdy",
  "greetings",
  "thanks",
  "thank you",
  "thx",
  "many thanks",
  "cheers",
  "good morning",
  "good afternoon",
  "good evening",
  "good day",
  "how are you",
  "bye",
  "goodbye",
];

const GREETING_WORDS: ReadonlySet<string> = new Set(GREETINGS.flatMap((phrase) => phrase.split(" ")));

/** Whether a word carries no meaning of its own. */
export function isSmall(word: string): boolean {
  return FILLERS.has(word) || QUESTION_WORDS.has(word) || GREETING_WORDS.has(word);
}

const SSPR = ["sspr", "self service password reset", "self service reset"];
const SECURITY_INFO = ["security info"];

/** The topics of the whole bot, with the command that each of them alone asks for. */
export const TOPICS: readonly (readonly [phrases: readonly string[], alone: CommandId])[] = [
  [SSPR, "overview"],
  [[...MFA, ...SECURITY_INFO], "registration"],
];

const PEOPLE_NOUNS = ["people", "ppl", "users", "user", "accounts", "account"];
const REGISTERED = ["registered", "enrolled", "adoption", "coverage", "capable"];
const DIGEST_WORDS = [COMMANDS.digest.words, ...COMMANDS.digest.synonyms];
const REPORTS: readonly CommandId[] = READING_COMMANDS.filter((id) => COMMANDS[id].permission !== undefined);
const DIGESTS: readonly CommandId[] = COMMAND_IDS.filter((id) => id.startsWith("digest"));
/** What they show can be asked for as a number of people. */
const COUNTS: readonly CommandId[] = [
  "overview",
  "registration",
  "methods",
  "best-methods",
  "failures",
  "campaign",
  "compare",
  "trend",
];
const UNFILTERED: readonly CommandId[] = READING_COMMANDS.filter((id) => !DIGESTS.includes(id));

/** How people put tries that went well. They do not call `usage`, but belong to it where a feature or method does. */
const SUCCEEDED = [
  "succeed(s)",
  "succeeded",
  "successful",
  "successfully",
  "success(es)",
  "work(s)",
  "worked",
  "working",
];
/** Asks for a count, unlike "people". */
export const HOW_MANY_PEOPLE: readonly string[] = prefixed(["how many", "number of"], PEOPLE_NOUNS);
/** Here "use" is what people do with a method, not the command. */
export const HOW_MANY_USE: readonly string[] = HOW_MANY_PEOPLE.flatMap((phrase) => [
  `${phrase} use`,
  `${phrase} used`,
]);
/** "Only" leaves no place for a lone method in these, so that it is an option of `usage` instead. */
const CALLED_BY_METHODS: readonly CommandId[] = ["methods", "phone-retirement"];

/** Words that are in the sense of a command anyway, so that they neither call another one nor go unplaced. */
export const IMPLIED: readonly (readonly [phrases: readonly string[], commands: readonly CommandId[]])[] = [
  [SSPR, COMMAND_IDS],
  // A comparison is not of SSPR with MFA.
  [[...MFA, ...SECURITY_INFO], COMMAND_IDS.filter((id) => id !== "compare")],
  [PEOPLE_NOUNS, ["registration", "methods", "best-methods", "trend", "campaign", "overview", "person"]],
  [["user", "account"], ["people"]],
  [["who"], ["person"]],
  [REGISTERED, ["methods"]],
  [
    ["use(s)", "used"],
    ["methods", "people"],
  ],
  [[...SUCCEEDED, ...prefixed(HOW_MANY_PEOPLE, ["succeed", "succeeded"])], ["usage"]],
  [HOW_MANY_PEOPLE, COUNTS],
  [HOW_MANY_USE, [...COUNTS, "usage"]],
  [NARROWING, COMMAND_IDS.filter((id) => !CALLED_BY_METHODS.includes(id))],
  [
    ["usage", "use(s)", "activity"],
    ["compare", "best-methods"],
  ],
  [["method(s)", "authentication method(s)", "auth method(s)"], ["best-methods"]],
  [["people run into", "users run into", "people see", "users see", "people get", "users get"], ["failures"]],
  [[...QUESTION_WORDS], READING_COMMANDS],
  [["all", "every", "everything"], UNFILTERED],
  [["sms", "voice", "phone(s)", "phone only", "text(s)", "call(s)"], ["phone-retirement"]],
  [["before", "against", "since"], ["compare"]],
  [["run", ...REGISTERED, "registration(s)", "helpdesk", "help desk", "call(s)"], ["campaign"]],
  // "Is SSPR working?" asks for the state.
  [["working"], ["overview"]],
  [["csv", "file(s)", "excel", "download"], ["export"]],
  [["weekly"], ["trend", ...DIGESTS]],
  [DIGEST_WORDS, DIGESTS],
  [["send me", "send us"], READING_COMMANDS],
  [
    ["posted", "sent"],
    ["digest", "digest-week"],
  ],
  [["next", "schedule", "delivery", "deliveries", "run(s)"], ["digest"]],
];

/** The same for commands that are named: "failures summary" asks for failures, a lone "summary" for the overview. */
export const IMPLIED_BESIDE_NAMES: typeof IMPLIED = [
  [["overview", "status", "summary", "dashboard"], REPORTS],
  [NARROWING, CALLED_BY_METHODS],
];

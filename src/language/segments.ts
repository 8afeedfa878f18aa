import { type Entry, LEXICON } from "./lexicon.ts";
import { NUMBER_WORDS } from "./option-words.ts";
import { ALONE, OPTION, type Sense } from "./sense.ts";
import { FILLERS, isSmall, NARROWING } from "./small-words.ts";
import type { Token } from "./tokens.ts";

/** A phrase of the message with what it may mean; no sense at all when nobody knows the word. */
export interface Segment {
  readonly tokens: readonly Token[];
  readonly senses: readonly Sense[];
}

interface Match extends Segment {
  /** Index behind the last word that was used up. */
  readonly end: number;
}

/** Ten years: more is a slip of the keyboard. */
const MOST_WEEKS = 520;
/** A year has at most 53 weeks (ISO 8601). */
const LAST_WEEK = 53;
const WEEK_UNIT = /^(?:w|wks?|weeks?)$/;
const WEEK_NAME = /^(?:week|wk|w|cw|kw)$/;
const ANY_UNIT = /^(?:h|hrs?|hours?|d|days?|w|wks?|weeks?|months?)$/;

/** Cuts a message into phrases from left to right, the longest first; words without meaning are left out. */
export function segments(tokens: readonly Token[]): readonly Segment[] {
  const found: Segment[] = [];
  let at = 0;
  while (at < tokens.length) {
    const match = user(tokens, at) ?? weekNumber(tokens, at) ?? weeks(tokens, at) ?? phrase(tokens, at);
    const token = tokens[at];
    if (match) {
      found.push({ tokens: match.tokens, senses: match.senses });
    } else if (token && !FILLERS.has(token.word)) {
      found.push({ tokens: [token], senses: [] });
    }
    at = match?.end ?? at + 1;
  }
  return found;
}

function user(tokens: readonly Token[], at: number): Match | undefined {
  const token = tokens[at];
  return token?.user
    ? {
        tokens: [token],
        senses: [{ calls: "person", rank: ALONE, options: { user: token.word } }],
        end: at + 1,
      }
    : undefined;
}

/** "week 46", "week number 46", "W46": which week, not how many. */
function weekNumber(tokens: readonly Token[], at: number): Match | undefined {
  const joined = /^(?:w|wk|cw|kw)(\d{1,2})$/.exec(tokens[at]?.word ?? "")?.[1];
  if (joined !== undefined) {
    return numbered(tokens, at, at + 1, joined);
  }
  if (!WEEK_NAME.test(tokens[at]?.word ?? "")) {
    return undefined;
  }
  const next = at + (/^(?:number|no|nr)$/.test(tokens[at + 1]?.word ?? "") ? 2 : 1);
  const countsSomething = ANY_UNIT.test(tokens[next + 1]?.word ?? "");
  return countsSomething ? undefined : numbered(tokens, at, next + 1, tokens[next]?.word ?? "");
}

function numbered(tokens: readonly Token[], at: number, end: number, number: string): Match | undefined {
  if (!/^\d+$/.test(number)) {
    return undefined;
  }
  const week = Number(number);
  const exists = week >= 1 && week <= LAST_WEEK;
  return {
    tokens: tokens.slice(at, end),
    senses: exists ? [{ calls: "digest-week", rank: ALONE, options: { week } }] : [],
    end,
  };
}

/** "26 weeks", "26w", "two weeks": how many. One week is a period as well. */
function weeks(tokens: readonly Token[], at: number): Match | undefined {
  const word = tokens[at]?.word ?? "";
  const joined = /^(\d{1,4})(?:w|wks?|weeks?)$/.exec(word)?.[1];
  if (joined === undefined && !WEEK_UNIT.test(tokens[at + 1]?.word ?? "")) {
    return undefined;
  }
  const count = joined === undefined ? counted(word) : Number(joined);
  if (count === undefined || count < 1 || count > MOST_WEEKS) {
    return undefined;
  }
  const end = at + (joined === undefined ? 2 : 1);
  const senses: readonly Sense[] =
    count === 1
      ? [
          { calls: "usage", rank: OPTION, options: { period: "D7" } },
          { options: { period: "D7" } },
          { options: { weeks: 1 } },
        ]
      : [{ options: { weeks: count } }];
  return { tokens: tokens.slice(at, end), senses, end };
}

function counted(word: string): number | undefined {
  if (/^\d{1,4}$/.test(word)) {
    return Number(word);
  }
  const index = word === "a" ? 1 : NUMBER_WORDS.indexOf(word);
  return index < 0 ? undefined : index;
}

/** The phrase of most words; of those with equally many the one that stands closest together. */
function phrase(tokens: readonly Token[], at: number): Match | undefined {
  const matches = (LEXICON.get(tokens[at]?.word ?? "") ?? []).flatMap(
    (entry) => matched(entry, tokens, at) ?? [],
  );
  return matches.toSorted((a, b) => b.tokens.length - a.tokens.length || a.end - b.end)[0];
}

/** Words without meaning may stand between the words of a phrase: "not yet registered", "by the method". */
function matched({ words, senses }: Entry, tokens: readonly Token[], at: number): Match | undefined {
  const used: Token[] = [];
  let next = at;
  for (const word of words) {
    while (used.length > 0 && tokens[next]?.word !== word && isSkipped(tokens[next]?.word ?? "")) {
      next += 1;
    }
    const token = tokens[next];
    if (token?.word !== word) {
      return undefined;
    }
    used.push(token);
    next += 1;
  }
  return { tokens: used, senses, end: next };
}

function isSkipped(word: string): boolean {
  return isSmall(word) && !NARROWING.includes(word);
}

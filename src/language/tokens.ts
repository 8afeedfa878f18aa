/** One word of a message. */
export interface Token {
  /** As typed, up to Unicode compatibility forms. */
  readonly said: string;
  /** Lower case, without accents and apostrophes: what the lexicon knows. */
  readonly word: string;
  /** The word is a user principal name or an object id; `word` keeps all its signs. */
  readonly user: boolean;
}

/** Teams sends up to 28 KB; nobody asks a question that long, and the work per message stays small. */
const MOST_CHARACTERS_SENT = 10_000;
const MOST_CHARACTERS_READ = 1_000;

const MENTION = /<at\b[^<>]{0,200}>[^<>]{0,200}<\/at>/gi;
const TAG = /<\/?(?:at|p|br|div|span|b|i|em|strong|code|pre)(?:\s[^<>]{0,200})?\/?>/gi;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: " ",
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};
const APOSTROPHE = /[`´‘’‛′ʼ＇]/g;
const WITHOUT = /(?<![\p{L}\p{N}])w\/o(?![\p{L}\p{N}])/giu;
/** Zero-width spaces, soft hyphens and marks of writing direction stand inside words that were pasted. */
const INVISIBLE = /\p{Cf}/gu;

/**
 * Signs of a user principal name (learn.microsoft.com/entra/identity/authentication/concept-sspr-policy,
 * "Username policies"), and `+`, so that an address with it is looked up whole and not cut in two.
 */
const USER = String.raw`[\p{L}\p{N}_][\p{L}\p{N}'._!#^~+-]*@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`;
const OBJECT_ID = String.raw`[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\p{L}\p{N}])`;
const WORD = String.raw`[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{M}]+)*`;
/** "1.5", "1,5" and "1.000" are no whole number of anything here, so they are not cut into two that are. */
const DECIMAL = String.raw`\d+(?:[.,']\d+)+\p{L}*`;
const TOKEN = new RegExp(`(${USER}|${OBJECT_ID})(?:'s)?|${DECIMAL}|${WORD}`, "giu");

/** "whats" is how many people write "what's". */
const SHORTENED = /^(what|who|how|where|that|let)s$/;
/** Not "can't": who cannot register is failing, who is not registered may never have tried. */
const NEGATION = /^(?:is|are|was|were|has|have|had|do|does|did|wo|would|should)n'?t$/;

/** The words of a message without mentions, markup and punctuation; undefined when it is too long to be a question. */
export function tokenise(text: string): readonly Token[] | undefined {
  if (text.length > MOST_CHARACTERS_SENT) {
    return undefined;
  }
  const plain = text
    .replace(MENTION, " ")
    .replace(TAG, " ")
    .replace(ENTITY, decoded)
    .replace(APOSTROPHE, "'")
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(WITHOUT, "without")
    .replace(/\s+/g, " ");
  if (plain.length > MOST_CHARACTERS_READ) {
    return undefined;
  }
  return Array.from(plain.matchAll(TOKEN), ([said, user]) => ({
    said: user ?? said,
    word: user === undefined ? fold(said) : user.toLowerCase(),
    user: user !== undefined,
  })).filter(({ word }) => word !== "");
}

function decoded(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) {
    return ENTITIES[name.toLowerCase()] ?? entity;
  }
  const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return point <= 0x10ffff ? String.fromCodePoint(point) : " ";
}

function fold(said: string): string {
  const plain = said.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  return NEGATION.test(plain) ? "not" : plain.replace(/'s$/, "").replaceAll("'", "").replace(SHORTENED, "$1");
}

import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.ts";

type Case = readonly [words: string, unknownWords: readonly string[], suggestions: readonly string[]];

const UNKNOWN: readonly Case[] = [
  ["sspr usage by method last quarter", ["quarter"], ["sspr usage by method", "failures by method"]],
  ["usage 90 days", ["90", "days"], ["sspr usage", "trend usage"]],
  ["usage 90d", ["90d"], ["sspr usage", "trend usage"]],
  ["usage in the last 14 days by Country", ["14", "days", "by", "Country"], ["sspr usage", "trend usage"]],
  ["failures last year", ["year"], ["failures"]],
  ["usage except sms", ["except"], ["sspr usage sms", "methods sms"]],
  ["person Alex Kim", ["Alex", "Kim"], ["person"]],
  ["trend 0 weeks", ["0", "weeks"], ["trend"]],
  ["trend 521 weeks", ["521", "weeks"], ["trend"]],
  ["trend 1.5 weeks", ["1.5", "weeks"], ["trend"]],
  ["trend 1’000 weeks", ["1'000", "weeks"], ["trend"]],
  ["usage 7 Tage", ["7", "Tage"], ["sspr usage", "trend usage"]],
  ["usage thees days", ["thees", "days"], ["sspr usage", "trend usage"]],
  ["what went wrong last night", ["night"], ["failures"]],
  ["plaese show usage", ["plaese"], ["sspr usage", "trend usage"]],
  ["digest week 54", ["week", "54"], ["digest"]],
  ["digest week", ["week"], ["digest", "sspr usage 7 days"]],
  ["usage week 54", ["week", "54"], ["sspr usage", "trend usage"]],
  ["week 54", ["week", "54"], ["help"]],
];

const NOT_TAKEN: readonly Case[] = [
  ["campaign by method", ["by", "method"], ["campaign", "sspr usage by method"]],
  ["campaign SMS", ["SMS"], ["campaign", "methods sms"]],
  ["overview last week", ["last", "week"], ["overview", "sspr usage 7 days"]],
  ["help 7 days", ["7", "days"], ["help", "sspr usage 7 days"]],
  ["methods 7 days", ["7", "days"], ["methods", "sspr usage 7 days"]],
  ["usage admins", ["admins"], ["sspr usage", "registration admins", "methods admins"]],
  ["usage by reason", ["by", "reason"], ["sspr usage", "failures by reason"]],
  ["failures by feature", ["by", "feature"], ["failures", "sspr usage by feature"]],
  ["usage 2 weeks", ["2", "weeks"], ["sspr usage", "trend usage 2 weeks"]],
  ["registration admins 7 days", ["7", "days"], ["registration admins", "sspr usage registration 7 days"]],
  ["people not registered 7 days", ["7", "days"], ["people not registered", "sspr usage 7 days"]],
  ["failures Alex.Kim@contoso.com", ["Alex.Kim@contoso.com"], ["failures", "person alex.kim@contoso.com"]],
  ["digest this week", ["this", "week"], ["digest", "sspr usage 7 days"]],
];

/** What is asked for has no place beside one of its words, though every word has a place somewhere. */
const NOWHERE_TOGETHER: readonly Case[] = [
  ["people sms only", ["sms"], ["people phone only", "methods sms"]],
  ["people who only use SMS", ["SMS"], ["people phone only", "sspr usage sms", "methods sms"]],
  ["who still uses sms", ["who", "sms"], ["sspr usage sms", "people phone only", "methods sms"]],
  ["who is failing sms", ["who", "sms"], ["failures sms", "people failing", "methods sms"]],
  ["mfa resets", ["resets"], ["registration", "trend registration"]],
  ["export trend", ["export", "trend"], ["trend", "export"]],
  ["digest usage", ["digest", "usage"], ["sspr usage", "digest", "trend usage"]],
  ["does it work", ["work"], ["help"]],
  ["how many people only use sms", ["how", "many", "people"], ["sspr usage sms", "methods sms"]],
  ["how many people have only sms", ["only"], ["methods sms", "sspr usage sms"]],
  ["compare sspr with mfa", ["mfa"], ["compare", "sspr usage registration", "best methods registration"]],
  ["people who cannot register", ["cannot", "register"], ["people", "sspr usage registration"]],
  ["everything", ["everything"], ["help"]],
];

const CONTRADICTORY: readonly Case[] = [
  [
    "usage 7 days 30 days",
    ["7", "days", "30", "days"],
    ["sspr usage 7 days", "sspr usage 30 days", "trend usage"],
  ],
  [
    "sspr usage by method and feature",
    ["by", "method", "feature"],
    ["sspr usage by method", "sspr usage by feature", "failures by method"],
  ],
  ["sms or email", ["sms", "email"], ["methods sms", "methods email"]],
  [
    "person a@contoso.com b@contoso.com",
    ["a@contoso.com", "b@contoso.com"],
    ["person a@contoso.com", "person b@contoso.com"],
  ],
];

/** Several commands, or none in particular, would do. */
const AMBIGUOUS: readonly Case[] = [
  ["usage or failures", ["usage", "failures"], ["sspr usage", "failures", "trend usage"]],
  ["sspr mfa", [], ["overview", "registration", "sspr usage registration"]],
  ["admins", [], ["registration admins", "methods admins"]],
  ["digest send preview", ["send", "preview"], ["digest preview", "digest send", "digest"]],
];

/** Near a command that changes something, but not an order. */
const NOT_AN_ORDER: readonly Case[] = [
  ["how do I pause the digest?", [], ["digest", "digest pause"]],
  ["when was the digest paused", [], ["digest", "digest pause"]],
  ["should we resume the digest", [], ["digest", "digest resume"]],
  ["do not send the digest", ["not"], ["digest", "digest send"]],
  ["don't pause the digest", ["don't"], ["digest pause", "digest"]],
  ["digest subscrbe", ["subscrbe"], ["digest subscribe"]],
  ["digest puase 2 weeks", ["puase"], ["digest pause 2 weeks"]],
  ["plaese unsubscribe", ["plaese"], ["digest unsubscribe"]],
  ["pause", [], ["digest pause"]],
  ["send", [], ["digest send"]],
];

const HOPELESS: readonly Case[] = [
  ["", [], ["help"]],
  [" \u00a0\n\t", [], ["help"]],
  ["<at>AuthPulse</at>", [], ["help"]],
  ["👍 ?!", [], ["help"]],
  ["show me", [], ["help"]],
  ["asdf Qwer", ["asdf", "Qwer"], ["help"]],
  ["hlep", ["hlep"], ["help"]],
];

describe("a message that leads to no command, or to several", () => {
  it.each(UNKNOWN)("names the words of %j that nobody knows", (words, unknownWords, suggestions) => {
    expect(parse(words)).toEqual({ misunderstood: true, suggestions, unknownWords });
  });

  it.each(NOT_TAKEN)(
    "names the option in %j that the command does not take",
    (words, unknownWords, suggestions) => {
      expect(parse(words)).toEqual({ misunderstood: true, suggestions, unknownWords });
    },
  );

  it.each(NOWHERE_TOGETHER)("names what keeps %j from one command", (words, unknownWords, suggestions) => {
    expect(parse(words)).toEqual({ misunderstood: true, suggestions, unknownWords });
  });

  it.each(CONTRADICTORY)("does not choose between the values of %j", (words, unknownWords, suggestions) => {
    expect(parse(words)).toEqual({ misunderstood: true, suggestions, unknownWords });
  });

  it.each(AMBIGUOUS)("asks which command %j means", (words, unknownWords, suggestions) => {
    expect(parse(words)).toEqual({ misunderstood: true, suggestions, unknownWords });
  });

  it.each(NOT_AN_ORDER)("changes nothing because of %j", (words, unknownWords, suggestions) => {
    expect(parse(words)).toEqual({ misunderstood: true, suggestions, unknownWords });
  });

  it.each(HOPELESS)("offers help for %j", (words, unknownWords, suggestions) => {
    expect(parse(words)).toEqual({ misunderstood: true, suggestions, unknownWords });
  });

  it("names at most ten words", () => {
    const reading = parse("zxcvb ".repeat(100));

    expect(reading).toEqual({
      misunderstood: true,
      suggestions: ["help"],
      unknownWords: Array(10).fill("zxcvb"),
    });
  });

  it.each(["usage ".repeat(200), "a".repeat(100_000), "<at>".repeat(5_000)])(
    "does not read a text of more than 1,000 characters",
    (text) => {
      expect(parse(text)).toEqual({ misunderstood: true, suggestions: ["help"], unknownWords: [] });
    },
  );

  it("does not count blanks and mentions as length", () => {
    const text = `${"<at>AuthPulse</at>\n ".repeat(200)}sspr usage`;

    expect(parse(text)).toEqual({ command: "usage", options: {} });
  });
});

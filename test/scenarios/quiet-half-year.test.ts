import { afterAll, beforeAll, expect, test } from "vitest";
import type { ScriptedEvent } from "../../src/sample-tenant/script.ts";
import { plainText } from "../app/channel.ts";
import { lottery, quietWeeks } from "../digest/quiet-weeks.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { ask, askAnew, PATIENT } from "./asking.ts";
import { HEALTHY, scriptAt } from "./stories.ts";

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const WEEKS = 26;
/** Tries of so many weeks lie before the first digest, so that each week has 60 days to be compared with. */
const WEEKS_BEFORE = 9;
/** A Monday, minutes after a week of UTC has ended. */
const FIRST = new Date("2026-05-25T00:01:00Z");
const BEGIN = FIRST.getTime() - WEEKS_BEFORE * WEEK;
/** Graph keeps a little more than 30 days. */
const KEPT = 31 * DAY;

const RATES = { microsoftAuthenticatorPush: 0.95, email: 0.9, sms: 0.88 };

/** Whatever asks for attention: a change, a method behind it, a campaign. */
const URGENT = /less often|more often|is where|look at|this week:|\bevidence:|what would help most:/i;
const QUIET = "Nothing urgent this week.";

/** Tries in which nothing happens but chance. */
function tries(): ScriptedEvent[] {
  const draw = lottery(26);
  return Object.entries(RATES).flatMap(([method, rate]) =>
    quietWeeks({ weeks: WEEKS_BEFORE + WEEKS, tries: 60, rate, draw }).flatMap(
      ({ successes, failures }, week) =>
        Array.from({ length: successes + failures }, (_unused, index) => {
          const isSuccess = index >= failures;
          return {
            id: `${method}-${week}-${index}`,
            feature: "reset",
            authMethod: method,
            isSuccess,
            failureReason: isSuccess
              ? ""
              : "User abandoned after starting the mobile SMS verification option",
            userPrincipalName: `person-${index}@contoso.example`,
            eventDateTime: new Date(BEGIN + (week + draw()) * WEEK).toISOString(),
          };
        }),
    ),
  );
}

const EVENTS = tries();
const clock = shiftedClock(FIRST);
let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({
    clock,
    tenant: { now: () => clock.now(), quota: 1_000 },
    timings: PATIENT,
    token: { kind: "app", lifetimeSeconds: 400 * 86_400 },
  });
});
afterAll(() => bot.stop());

/** Moves the clock, and lets the bot read what Graph has by then. */
async function readAt(instant: Date): Promise<void> {
  clock.moveTo(instant);
  const known = EVENTS.filter(({ eventDateTime }) => {
    const at = Date.parse(eventDateTime);
    return at > instant.getTime() - KEPT && at < instant.getTime();
  });
  bot.tenant.switches.script = scriptAt(instant, known, HEALTHY);
  for (const report of ["campaign", "trend helpdesk"]) {
    await askAnew(bot, report);
  }
}

test("half a year in which nothing happens gets no urgent sentence in any answer", {
  timeout: 180_000,
}, async () => {
  for (let week = 4; week < WEEKS_BEFORE; week += 4) {
    await readAt(new Date(BEGIN + week * WEEK));
  }

  const said: { week: number; question: string; text: string }[] = [];
  for (let week = 0; week < WEEKS; week += 1) {
    await readAt(new Date(FIRST.getTime() + week * WEEK));
    for (const question of ["campaign", "overview", "digest preview", "best methods", "failures 7 days"]) {
      said.push({ week, question, text: plainText(await ask(bot, question)) });
    }
  }

  const of = (...questions: string[]) => said.filter(({ question }) => questions.includes(question));
  expect(said.filter(({ text }) => URGENT.test(text))).toEqual([]);
  expect(of("campaign", "overview", "digest preview").filter(({ text }) => !text.includes(QUIET))).toEqual(
    [],
  );
  expect(of("campaign").filter(({ text }) => text.includes("not known"))).toEqual([]);
  expect(of("overview", "digest preview").filter(({ text }) => !text.includes("no clear change"))).toEqual(
    [],
  );
  expect(
    of("best methods", "failures 7 days").filter(({ text }) => !/no .*clear(ly)? change/i.test(text)),
  ).toEqual([]);
});

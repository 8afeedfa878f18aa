import fc from "fast-check";
import type { HttpAnswer, RunningBot } from "../support/running-bot.ts";
import { FOREIGN_CHAT, shots } from "./shots.ts";

/** Takes the body of a POST, as a bot does; a planted fault changes what comes in or goes out. */
export type Post = (body: string) => Promise<HttpAnswer>;

type Fired = fc.RunDetails<[string[]]>;

/** So many are under way at once. */
const AT_ONCE = 10;

const STATUSES = [200, 400, 401, 403, 413, 415];

/** Only cards with numbers of a report have a table or a chart, and no text that somebody sends can make one. */
const NUMBERS = /"type":"(Table|Chart\.)/;

/** Paths of Graph that hold numbers or people; whoever holds no permission makes the bot ask for none. */
const DATA = /\/(reports|auditLogs)\//;

/**
 * Fires so many generated bodies at a bot, by people who hold no permission, and stops at the first one that
 * breaks a rule: a status that no caller should see, an invoke without a well-formed answer, a line of the log
 * that tells of a fault, a request for data, a card with numbers, a message to another tenant. A crash or an
 * unhandled rejection ends the test run by itself.
 */
export function fire(
  bot: RunningBot,
  { count, seed, post = bot.post }: { readonly count: number; readonly seed: number; readonly post?: Post },
): Promise<Fired> {
  const seen = { requests: bot.tenant.requests.length, logged: bot.log.length };
  const bodies = fc.array(shots(bot.connector.serviceUrl), { minLength: AT_ONCE, maxLength: AT_ONCE });
  const property = fc.asyncProperty(bodies, async (volley) => {
    const answers = await Promise.all(volley.map((body) => answerTo(body, post)));
    const requests = bot.tenant.requests.slice(seen.requests);
    const lines = bot.log.slice(seen.logged);
    seen.requests = bot.tenant.requests.length;
    seen.logged = bot.log.length;
    const sent = bot.connector.drain();
    refuse(
      requests.some(({ path }) => DATA.test(path)),
      "data was asked for",
    );
    refuse(NUMBERS.test(JSON.stringify([answers, sent])), "numbers were shown");
    refuse(
      sent.some(({ conversationId }) => conversationId.startsWith(FOREIGN_CHAT)),
      "another tenant got a message",
    );
    const fault = lines.find(({ level }) => level === "error");
    refuse(fault !== undefined, `a fault in the log: ${JSON.stringify(fault)}`);
  });
  return fc.check(property, { numRuns: Math.ceil(count / AT_ONCE), seed, endOnFailure: true });
}

async function answerTo(body: string, post: Post): Promise<unknown> {
  const { status, body: answer } = await post(body);
  refuse(!STATUSES.includes(status), `status ${status}`);
  refuse(status === 200 && isInvoke(body) && !isInvokeAnswer(answer), "an invoke without its answer");
  refuse(status === 200 && !isInvoke(body) && answer !== undefined, "an answer to what is no invoke");
  return answer;
}

/** What a failed run says: the rule, the seed and the bodies; undefined after a good one. */
export function faultOf(fired: Fired): string | undefined {
  return fired.failed ? `${fired.errorInstance}\n${fc.defaultReportMessage(fired)}` : undefined;
}

function refuse(isWrong: boolean, rule: string): void {
  if (isWrong) {
    throw new Error(rule);
  }
}

function isInvoke(body: string): boolean {
  const value = parsed(body) as { readonly type?: unknown } | null | undefined;
  return value?.type === "invoke";
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Source: learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model, "Response format". */
function isInvokeAnswer(answer: unknown): boolean {
  const { statusCode, type, value } = (answer ?? {}) as Record<"statusCode" | "type" | "value", unknown>;
  const isText =
    type === "application/vnd.microsoft.activity.message" && typeof value === "string" && value !== "";
  const isCard =
    type === "application/vnd.microsoft.card.adaptive" &&
    (value as { readonly type?: unknown } | undefined)?.type === "AdaptiveCard";
  return statusCode === 200 && (isText || isCard);
}

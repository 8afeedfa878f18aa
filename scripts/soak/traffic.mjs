// People who ask and press, as Teams sends it. Each chat belongs to one asker, who waits for an answer before the next
// question there, so that it is known how many messages a chat has to get.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

const QUESTIONS = [
  ...["sspr usage", "sspr usage by method last 7 days", "failures", "registration", "methods", "overview"],
  ...["trend 12 weeks", "compare", "best methods", "campaign", "phone retirement", "health", "who am i"],
  ...["help", "digest", "explain usage", "people without mfa", "what about the weather?"],
];
const CHATS = 25;
/** Shares of what an asker does; the rest are single questions. */
const PRESS = 0.35;
const BURST = 0.05;
const TWICE = 0.05;
/** Milliseconds after which Teams sends what was refused with 503 again, and how often it does. */
const AGAIN_AFTER = 5_000;
const MOST_TRIES = 5;

/** A message as Teams sends it from a personal chat. */
export function messageOf({ serviceUrl, tenantId, chat, viewer, text }) {
  return {
    ...envelope({ serviceUrl, tenantId, chat, viewer }),
    ...{ type: "message", text, textFormat: "plain" },
  };
}

function envelope({ serviceUrl, tenantId, chat, viewer }) {
  return {
    ...{ id: randomUUID(), channelId: "msteams", serviceUrl, locale: "en-GB" },
    from: { id: `29:${viewer.id}`, name: viewer.displayName, aadObjectId: viewer.id },
    recipient: { id: "28:authpulse", name: "AuthPulse" },
    conversation: { id: chat, conversationType: "personal", tenantId },
    channelData: { tenant: { id: tenantId } },
    entities: [{ type: "clientInfo", locale: "en-GB", country: "DE", timezone: "Europe/Berlin" }],
  };
}

/** Sends an activity; resolves with the status, the body and how long it took. Rejects where there is no answer. */
async function send(url, activity) {
  const began = performance.now();
  const response = await fetch(`${url}/api/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(activity),
  });
  const text = await response.text();
  return {
    ...{ status: response.status, took: performance.now() - began },
    body: text === "" ? undefined : JSON.parse(text),
  };
}

/** Has so many askers ask and press until the signal is aborted; `faults` is given a line for what must not be. */
export function createTraffic({ bot, connector, tenant, draw, fault }) {
  const { serviceUrl, postsOf, buttonsOf } = connector;
  const viewers = Object.values(tenant.viewers);
  const expected = new Map();
  const counts = { questions: 0, presses: 0, twice: 0, again: 0 };
  const pick = (list) => list[Math.floor(draw() * list.length)];

  /** As Teams does: what was refused for now comes again. */
  async function insist(activity) {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const answer = await send(bot.url, activity);
      if (answer.status !== 503) return answer;
      counts.again += 1;
      await pause(AGAIN_AFTER);
    }
    return { status: 503 };
  }

  async function ask(person, text) {
    counts.questions += 1;
    expected.set(person.chat, (expected.get(person.chat) ?? 0) + 1);
    const activity = messageOf({ serviceUrl, tenantId: tenant.tenantId, ...person, text });
    const isTwice = draw() < TWICE;
    counts.twice += isTwice ? 1 : 0;
    const answers = await Promise.all([insist(activity), ...(isTwice ? [insist(activity)] : [])]);
    for (const { status } of answers) {
      if (status !== 200) fault(`"${text}" was answered with ${status}`);
    }
  }

  async function press(person) {
    const button = pick(buttonsOf(person.chat));
    if (!button) return;
    const { title, verb, data } = button.action;
    counts.presses += 1;
    const { status, body } = await insist({
      ...envelope({ serviceUrl, tenantId: tenant.tenantId, ...person }),
      ...{ type: "invoke", name: "adaptiveCard/action", replyToId: button.id },
      value: { action: { type: "Action.Execute", title, verb, data }, trigger: "manual" },
    });
    if (status !== 200 || body?.statusCode !== 200 || !body.value) {
      fault(`"${title}" (${verb}) was answered with ${status} ${JSON.stringify(body)?.slice(0, 200)}`);
    }
  }

  async function act(asker) {
    const index = Math.floor(draw() * CHATS);
    // A chat is of one person for ever.
    const person = { chat: `a:soak-${asker}-${index}`, viewer: viewers[(asker + index) % viewers.length] };
    const what = draw();
    if (what < PRESS) {
      await press(person);
    } else if (what < PRESS + BURST) {
      await Promise.all([pick(QUESTIONS), "help", pick(QUESTIONS)].map((text) => ask(person, text)));
    } else {
      await ask(person, pick(QUESTIONS));
    }
  }

  return {
    counts,
    /** Resolves when each of the askers has its last answer. */
    async run(askers, longestPause, signal) {
      const going = Array.from({ length: askers }, async (_, asker) => {
        while (!signal.aborted) {
          await act(asker);
          await pause(draw() * longestPause);
        }
      });
      await Promise.all(going);
    },
    /** Chats that did not get as many messages as questions were asked there, one line for each. */
    unequal: () =>
      [...expected]
        .map(([chat, number]) => ({ chat, number, got: postsOf(chat).length }))
        .filter(({ number, got }) => got !== number)
        .map(({ chat, number, got }) => `${chat} got ${got} messages for ${number} questions`),
  };
}

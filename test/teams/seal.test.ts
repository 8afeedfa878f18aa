import { describe, expect, test } from "vitest";
import type { Question } from "../../src/language/question.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { pressOfInvoke, pressOfSubmit } from "../../src/teams/press.ts";
import { createSeal } from "../../src/teams/seal.ts";
import type { NoticeView } from "../../src/views/view.ts";

const HERE = "19:here@thread.tacv2";
const WEEK: Question = { command: "usage", options: { by: "method", period: "D7" } };
const MONTH: Question = { command: "usage", options: {} };
const seal = createSeal(new Uint8Array(32).fill(1));

const CARD = {
  type: "AdaptiveCard",
  refresh: { action: { type: "Action.Execute", verb: "refresh", data: { v: 1, question: MONTH } } },
  body: [
    {
      type: "ActionSet",
      actions: [
        {
          type: "Action.Execute",
          title: "7 days",
          verb: "look",
          data: { v: 1, question: WEEK, base: MONTH },
          fallback: {
            type: "Action.Submit",
            title: "7 days",
            data: { verb: "look", v: 1, question: WEEK, base: MONTH },
          },
        },
        { type: "Action.OpenUrl", title: "More", url: "https://learn.microsoft.com/" },
      ],
    },
  ],
};

interface Sealed {
  readonly seal: string;
  readonly [name: string]: unknown;
}

/** The data of the three buttons of the card. */
function buttonsIn(card: object) {
  const { refresh, body } = card as typeof CARD;
  const look = body[0]?.actions[0];
  return {
    refresh: refresh.action.data as unknown as Sealed,
    execute: look?.data as unknown as Sealed,
    submit: look?.fallback?.data as unknown as Sealed,
  };
}

function accepts(verb: string, data: object, conversationId: string): boolean {
  const press = pressOfInvoke({ action: { type: "Action.Execute", verb, data } });
  return press !== undefined && seal.accepts(press, conversationId);
}

describe("a sealed card", () => {
  test("has a seal on every button and is otherwise the same", () => {
    const sealed = seal.sealCard(CARD, HERE);
    const { refresh, execute, submit } = buttonsIn(sealed);

    for (const data of [refresh, execute, submit]) {
      expect(data.seal).toMatch(/^[\w-]{22}$/);
    }
    expect(submit.seal).toBe(execute.seal);
    expect(refresh.seal).not.toBe(execute.seal);
    expect(JSON.parse(JSON.stringify(sealed).replaceAll(/,"seal":"[^"]+"/g, ""))).toEqual(CARD);
  });

  test("is a new one: the card itself has no seal", () => {
    seal.sealCard(CARD, HERE);

    expect(JSON.stringify(CARD)).not.toContain("seal");
  });

  test("stays within what Teams takes of one message, with the most buttons that there are", () => {
    const buttons = Array.from({ length: 12 }, () => ({
      title: "Last week",
      verb: "look" as const,
      question: WEEK,
      base: MONTH,
    }));
    const view: NoticeView = { kind: "notice", title: "Title", headline: "Title.", lines: [], buttons };
    const card = createRenderer().card(view);

    const added = JSON.stringify(seal.sealCard(card, HERE)).length - JSON.stringify(card).length;

    // A rendered card has at most 76,000 bytes of UTF-16, and Teams wants a message below 80 KB.
    expect(added).toBe(24 * ',"seal":""'.length + 24 * 22);
    expect(added * 2).toBeLessThan(80 * 1024 - 76_000);
  });
});

describe("a pressed button", () => {
  const { execute, submit, refresh } = buttonsIn(seal.sealCard(CARD, HERE));

  test("is accepted in the conversation of its card, in every thread of it", () => {
    expect(accepts("look", execute, HERE)).toBe(true);
    expect(accepts("look", execute, `${HERE};messageid=1700000000000`)).toBe(true);
    expect(accepts("refresh", refresh, HERE)).toBe(true);
    const press = pressOfSubmit(submit);
    expect(press && seal.accepts(press, HERE)).toBe(true);
  });

  test("is accepted with the inputs of a form and with its data in another order", () => {
    const { question: _question, ...rest } = execute;
    const shuffled = { question: { options: { period: "D7", by: "method" }, command: "usage" }, ...rest };

    expect(accepts("look", { ...shuffled, day: "2", time: "13:00" }, HERE)).toBe(true);
  });

  test.each<[string, string, object, string]>([
    ["in another conversation", "look", execute, "19:there@thread.tacv2"],
    ["with another verb", "refresh", execute, HERE],
    ["with another question", "look", { ...execute, question: MONTH }, HERE],
    ["with another base", "look", { ...execute, base: WEEK }, HERE],
    ["without its base", "look", { ...execute, base: undefined }, HERE],
    ["with the seal of another button", "look", { ...execute, seal: refresh.seal }, HERE],
    ["with half a seal", "look", { ...execute, seal: execute.seal.slice(0, 10) }, HERE],
    ["with more than its seal", "look", { ...execute, seal: `${execute.seal}AAAA` }, HERE],
    ["with an empty seal", "look", { ...execute, seal: "" }, HERE],
    ["without a seal", "look", { ...execute, seal: undefined }, HERE],
  ])("is refused %s", (_what, verb, data, conversationId) => {
    expect(accepts(verb, JSON.parse(JSON.stringify(data)), conversationId)).toBe(false);
  });

  test("is refused when another key sealed it", () => {
    const forged = buttonsIn(createSeal(new Uint8Array(32).fill(2)).sealCard(CARD, HERE));

    expect(accepts("look", forged.execute, HERE)).toBe(false);
  });
});

import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/commands/answer.ts";
import type { Log } from "../../src/kernel/log.ts";
import { createDelivery } from "../../src/teams/delivery.ts";
import type { Message, Messenger } from "../../src/teams/messenger.ts";
import type { Target } from "../../src/teams/proactive.ts";
import type { NoticeView, View } from "../../src/views/view.ts";

const TARGET: Target = {
  serviceUrl: "http://127.0.0.1/",
  conversationId: "a:1",
  tenantId: "t",
  botId: "28:b",
};
const RENDERER = {
  card: (view: View) => ({ said: view.headline }),
  text: () => "",
  summary: ({ headline }: View) => headline,
};
const LOG: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => LOG,
};

function view(headline: string): NoticeView {
  return { kind: "notice", headline, title: headline, buttons: [], lines: [] };
}

async function* views(...headlines: readonly string[]): AsyncIterable<View> {
  for (const headline of headlines) {
    await new Promise((resolve) => setImmediate(resolve));
    yield view(headline);
  }
}

function answer(first: string, ...later: readonly string[]): Answer {
  return { kind: "answered", view: view(first), ...(later.length > 0 && { later: views(...later) }) };
}

/** Remembers what was sent; `refuses` says which edits fail. */
function recorder(
  { id, refuses = () => false }: { id?: string | undefined; refuses?: (edit: number) => boolean } = {
    id: "m1",
  },
) {
  const sent: string[] = [];
  let edits = 0;
  const messenger: Messenger = {
    async post(_target: Target, { summary }: Message) {
      sent.push(`post ${summary}`);
      return id;
    },
    async postAttachment(_target, { name }) {
      sent.push(`file ${name}`);
    },
    personalChat: () => Promise.reject(new Error("Answers go where they were asked for.")),
    async update(_target: Target, messageId: string, { summary }: Message) {
      edits += 1;
      sent.push(`edit ${messageId} ${summary}`);
      await new Promise((resolve) => setImmediate(resolve));
      if (refuses(edits)) {
        throw new Error("429");
      }
    },
  };
  return { sent, delivery: createDelivery(messenger, RENDERER) };
}

describe("an answer with a file", () => {
  const offer = Promise.resolve({ id: "f00d", name: "people.csv", size: 3, description: "3 bytes" });

  test("offers it below its last word", async () => {
    const { sent, delivery } = recorder();

    await delivery.post({ ...answer("0 rows", "3 rows"), offer }, TARGET, LOG);
    await delivery.update({ ...answer("0 rows", "3 rows"), offer }, TARGET, "m2", LOG);

    expect(sent).toEqual([
      "post 0 rows",
      "edit m1 3 rows",
      "file people.csv",
      "edit m2 0 rows",
      "edit m2 3 rows",
      "file people.csv",
    ]);
  });

  test("offers nothing where no file came about", async () => {
    const { sent, delivery } = recorder();

    await delivery.post({ ...answer("refused"), offer: Promise.resolve(undefined) }, TARGET, LOG);

    expect(sent).toEqual(["post refused"]);
  });
});

describe("an answer that fills itself", () => {
  test("is one message that is edited until its last word", async () => {
    const { sent, delivery } = recorder();

    await delivery.post(answer("0 pages", "1 page", "numbers"), TARGET, LOG);

    expect(sent).toEqual(["post 0 pages", "edit m1 1 page", "edit m1 numbers"]);
  });

  test("reaches its last word though Teams refuses an edit on the way", async () => {
    const { sent, delivery } = recorder({ id: "m1", refuses: (edit) => edit === 1 });

    await delivery.post(answer("0 pages", "1 page", "numbers"), TARGET, LOG);

    expect(sent.at(-1)).toBe("edit m1 numbers");
  });

  test("tries its last word again when Teams refuses that edit once", async () => {
    const { sent, delivery } = recorder({ id: "m1", refuses: (edit) => edit === 2 });

    await delivery.post(answer("0 pages", "1 page", "numbers"), TARGET, LOG);

    expect(sent).toEqual(["post 0 pages", "edit m1 1 page", "edit m1 numbers", "edit m1 numbers"]);
  });

  test("posts its last word below when Teams takes no edit", async () => {
    const { sent, delivery } = recorder({ id: "m1", refuses: () => true });

    await delivery.post(answer("0 pages", "numbers"), TARGET, LOG);

    expect(sent.at(-1)).toBe("post numbers");
  });

  test("posts its last word below when Teams gave no id to edit by", async () => {
    const { sent, delivery } = recorder({ id: undefined });

    await delivery.post(answer("0 pages", "1 page", "numbers"), TARGET, LOG);

    expect(sent).toEqual(["post 0 pages", "post numbers"]);
  });
});

describe("twenty presses on one message", () => {
  test("are edits one after another, of which only the newest has to be seen", async () => {
    const { sent, delivery } = recorder();

    await Promise.all(
      Array.from({ length: 20 }, (_, press) => delivery.update(answer(`press ${press}`), TARGET, "m1", LOG)),
    );

    expect(sent.length).toBeLessThan(5);
    expect(sent.at(-1)).toBe("edit m1 press 19");
  });

  test("are followed by the newest alone", async () => {
    const { sent, delivery } = recorder();

    await Promise.all([
      delivery.update(answer("a", "a1", "a2", "a3"), TARGET, "m1", LOG),
      delivery.update(answer("b", "b1", "b2", "b3"), TARGET, "m1", LOG),
    ]);

    expect(sent.at(-1)).toBe("edit m1 b3");
    expect(sent).not.toContain("edit m1 a3");
  });

  test("on another message are not held up", async () => {
    const { sent, delivery } = recorder();

    await Promise.all([
      delivery.update(answer("one"), TARGET, "m1", LOG),
      delivery.update(answer("two"), TARGET, "m2", LOG),
    ]);

    expect([...sent].sort()).toEqual(["edit m1 one", "edit m2 two"]);
  });
});

import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { readCsv } from "../export/setup.ts";
import { type CardButton, message, press as pressed, textOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import type { InvokeBody, RunningBot } from "../support/running-bot.ts";

type Person = keyof typeof VIEWERS;

const CONSENT = "application/vnd.microsoft.teams.card.file.consent";
const INFO = "application/vnd.microsoft.teams.card.file.info";

/** Teams' own card, as it was posted. */
export interface Consent {
  readonly id: string;
  readonly name: string;
  readonly content: {
    readonly description: string;
    readonly sizeInBytes: number;
    readonly acceptContext: { readonly exportId: string };
    readonly declineContext: { readonly exportId: string };
  };
}

interface InfoCard {
  readonly name: string;
  readonly contentUrl: string;
  readonly content: { readonly uniqueId: string; readonly fileType: string };
}

/** One person's chat with the bot. */
export interface ExportChat {
  /** Asks, and waits for Teams' own card; resolves with it and the last card before it. */
  offered(text: string): Promise<{ readonly consent: Consent; readonly card: unknown }>;
  /** Teams' own card, once there is one. */
  lastOffer(): Promise<Consent>;
  /** Asks; resolves with the first card. */
  ask(text: string): Promise<unknown>;
  press(button: CardButton): Promise<InvokeBody>;
  /** Says yes to the file with this address, or no without one. */
  answer(consent: Pick<Consent, "id" | "content">, uploadUrl?: string, value?: object): Promise<InvokeBody>;
  /** The text of the card that stands where Teams asked, once it says this. */
  instead(consent: Consent, words: RegExp): Promise<string>;
  infoCards(): readonly InfoCard[];
}

export function exportChat(bot: () => RunningBot, person: Person, chat: string = randomUUID()): ExportChat {
  const { id, displayName } = VIEWERS[person];
  const fields = {
    from: { id: `29:${person}`, name: displayName, aadObjectId: id },
    conversation: { id: chat, conversationType: "personal", tenantId: bot().tenant.tenantId },
  };
  const mine = (): readonly Sent[] =>
    bot().connector.sent.filter(({ conversationId }) => conversationId === chat);
  const attachments = (type: string) =>
    mine().flatMap(({ body, answeredId }) =>
      (body.attachments ?? []).flatMap((attachment) =>
        attachment.contentType === type ? [{ ...attachment, id: answeredId ?? "" }] : [],
      ),
    );
  const cards = () => attachments("application/vnd.microsoft.card.adaptive").map(({ content }) => content);

  async function ask(text: string): Promise<unknown> {
    const before = cards().length;
    await bot().post(message(bot().connector.serviceUrl, text, fields));
    return cards().at(before);
  }

  async function offerAfter(before: number): Promise<Consent> {
    await expect.poll(() => attachments(CONSENT).length, { timeout: 15_000 }).toBe(before + 1);
    return attachments(CONSENT).at(-1) as unknown as Consent;
  }

  return {
    ask,
    lastOffer: () => offerAfter(0),
    async offered(text) {
      const before = attachments(CONSENT).length;
      await ask(text);
      return { consent: await offerAfter(before), card: cards().at(-1) };
    },
    async press(button) {
      const { body } = await bot().post(pressed(bot().connector.serviceUrl, button, fields));
      return body as InvokeBody;
    },
    async answer(consent, uploadUrl, value = {}) {
      const activity = {
        ...message(bot().connector.serviceUrl, "", fields),
        ...{ type: "invoke", name: "fileConsent/invoke", replyToId: consent.id },
        value: {
          type: "fileUpload",
          action: uploadUrl ? "accept" : "decline",
          context: uploadUrl ? consent.content.acceptContext : consent.content.declineContext,
          ...(uploadUrl && {
            uploadInfo: {
              contentUrl: "https://contoso-my.sharepoint.com/personal/priya/Documents/file.csv",
              name: "file.csv",
              uploadUrl,
              uniqueId: "ab1c5e16",
              fileType: "csv",
            },
          }),
          ...value,
        },
      };
      const { body } = await bot().post(activity);
      return body as InvokeBody;
    },
    async instead({ id: messageId }, words) {
      const text = () =>
        textOf(
          mine().findLast(({ method, activityId }) => method === "PUT" && activityId === messageId)?.body
            .attachments,
        );
      await expect.poll(text, { timeout: 10_000 }).toMatch(words);
      return text();
    },
    infoCards: () => attachments(INFO) as unknown as readonly InfoCard[],
  };
}

/** A file as its reader sees it: what it says of itself, and lines by the names of the columns. */
export interface ReadFile {
  readonly head: Readonly<Record<string, string>>;
  readonly lines: readonly Readonly<Record<string, string>>[];
}

export function readExport(bytes: Buffer): ReadFile {
  const text = bytes.toString("utf8");
  expect(text.charCodeAt(0)).toBe(0xfeff);
  const rows = readCsv(text.slice(1));
  expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
  const blank = rows.findIndex((row) => row.every((cell) => cell === ""));
  const names = rows[blank + 1] ?? [];
  return {
    head: Object.fromEntries(rows.slice(0, blank).map(([name = "", value = ""]) => [name, value])),
    lines: rows
      .slice(blank + 2)
      .map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ""]))),
  };
}

/** Lines of the audit about exports, as an auditor's own store would get them. */
export function exportAudit({ log }: RunningBot): readonly string[] {
  return log.flatMap(({ facts, message: said }) => {
    const entry = said === "audit" && "audit" in facts ? (facts.audit as Record<string, string>) : undefined;
    return entry && ["export", "refused"].includes(entry["what"] ?? "")
      ? [`${entry["what"]} ${entry["command"]} ${entry["detail"]}: ${entry["outcome"]}`]
      : [];
  });
}

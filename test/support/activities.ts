import { randomUUID } from "node:crypto";

export const TENANT = "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01";
export const VIEWER = "0b7c5e16-0d6f-4a51-9c3e-6a1f5b2d4e01";

type Fields = Readonly<Record<string, unknown>>;

/** An activity as Teams sends it; `fields` replace or add. */
function activity(serviceUrl: string, fields: Fields = {}): Fields {
  return {
    type: "message",
    id: randomUUID(),
    channelId: "msteams",
    serviceUrl,
    from: { id: "29:viewer", name: "Priya Nair", aadObjectId: VIEWER },
    recipient: { id: "28:authpulse", name: "AuthPulse" },
    conversation: { id: "a:personal", conversationType: "personal", tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    locale: "en-GB",
    entities: [
      { type: "clientInfo", locale: "en-GB", country: "DE", platform: "Web", timezone: "Europe/Berlin" },
    ],
    ...fields,
  };
}

export function message(serviceUrl: string, text: string, fields: Fields = {}): Fields {
  return activity(serviceUrl, { text, textFormat: "plain", ...fields });
}

/** The same words in a channel, where the bot is mentioned. */
export function channelMessage(serviceUrl: string, text: string, fields: Fields = {}): Fields {
  return activity(serviceUrl, {
    text: `<at>AuthPulse</at> ${text}`,
    conversation: {
      id: "19:channel@thread.tacv2;messageid=1",
      conversationType: "channel",
      tenantId: TENANT,
      isGroup: true,
    },
    channelData: {
      tenant: { id: TENANT },
      team: { id: "19:team@thread.tacv2" },
      channel: { id: "19:channel@thread.tacv2" },
    },
    ...fields,
  });
}

export interface CardButton {
  readonly title: string;
  readonly verb: string;
  readonly data: unknown;
}

/** A press of an Action.Execute. */
export function press(serviceUrl: string, button: CardButton, fields: Fields = {}): Fields {
  return activity(serviceUrl, {
    type: "invoke",
    name: "adaptiveCard/action",
    value: {
      action: { type: "Action.Execute", title: button.title, verb: button.verb, data: button.data },
      trigger: "manual",
    },
    replyToId: "message-1",
    ...fields,
  });
}

/** All buttons of a card, wherever they stand in it. */
export function buttonsOf(card: unknown): readonly CardButton[] {
  if (Array.isArray(card)) {
    return card.flatMap(buttonsOf);
  }
  if (typeof card !== "object" || card === null) {
    return [];
  }
  const { type, title, verb, data, ...rest } = card as Record<string, unknown>;
  const own = type === "Action.Execute" && title !== undefined ? [{ title, verb, data } as CardButton] : [];
  return [...own, ...buttonsOf(Object.values(rest))];
}

export function buttonOf(card: unknown, title: string): CardButton {
  const buttons = buttonsOf(card);
  const found = buttons.find((button) => button.title === title);
  if (!found) {
    throw new Error(
      `The card has no button "${title}", only: ${buttons.map((button) => button.title).join(", ")}`,
    );
  }
  return found;
}

/** All text of a card in reading order. */
export function textOf(card: unknown): string {
  if (Array.isArray(card)) {
    return card.map(textOf).filter(Boolean).join("\n");
  }
  if (typeof card !== "object" || card === null) {
    return "";
  }
  const { text, type, title, value, ...rest } = card as Record<string, unknown>;
  const isFact = type === undefined && typeof title === "string" && typeof value === "string";
  const own = typeof text === "string" ? [text] : isFact ? [`${title}: ${value}`] : [];
  return [...own, textOf(Object.values(rest))].filter(Boolean).join("\n");
}

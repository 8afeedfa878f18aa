/**
 * The body of an answer to `adaptiveCard/action`. The HTTP status beside it is always 200: Teams shows the
 * person nothing of any other.
 * Source: learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model
 */
export interface InvokeAnswer {
  readonly statusCode: 200;
  readonly type: "application/vnd.microsoft.card.adaptive" | "application/vnd.microsoft.activity.message";
  readonly value: object | string;
}

/** The card replaces the one that was pressed, for the presser only. */
export function showCard(card: object): InvokeAnswer {
  return { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: card };
}

/** A line for the presser; the card stays as it is. */
export function showText(text: string): InvokeAnswer {
  return { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: text };
}

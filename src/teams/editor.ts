import type { Target } from "./proactive.ts";

/** Edits a message; resolves when this content or a newer one stands there. */
export type Edit<Content> = (target: Target, messageId: string, content: Content) => Promise<void>;

interface Line<Content> {
  next?: Content;
  running: Promise<void>;
}

/**
 * Edits of one message go one after another, and while one is on its way only the newest of the others
 * counts: Teams allows seven a second in a conversation and answers parallel ones with 412.
 */
export function createEditor<Content>(put: Edit<Content>): Edit<Content> {
  const lines = new Map<string, Line<Content>>();

  async function drain(key: string, line: Line<Content>, target: Target, messageId: string): Promise<void> {
    try {
      for (let content = line.next; content !== undefined; content = line.next) {
        delete line.next;
        await put(target, messageId, content);
      }
    } finally {
      lines.delete(key);
    }
  }

  return (target, messageId, content) => {
    const key = JSON.stringify([target.conversationId, messageId]);
    const waiting = lines.get(key);
    if (waiting) {
      waiting.next = content;
      return waiting.running;
    }
    const line: Line<Content> = { next: content, running: Promise.resolve() };
    lines.set(key, line);
    line.running = drain(key, line, target, messageId);
    return line.running;
  };
}

// Teams' side on loopback: counts the messages that each conversation got, with the ids that it gave them, keeps the
// last card for its buttons, and refuses some of the digests for now.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

const THROTTLED = { error: { code: "Throttled", message: "Throttled" } };

/**
 * `refuses` says of a conversation whether the next post into it is refused with 429. What was taken is kept by
 * conversation: `posts` as ids, and the last card.
 */
export async function startConnector(refuses = () => false) {
  const posts = new Map();
  const cards = new Map();
  const counts = { posts: 0, edits: 0, refusals: 0 };
  let onPost = () => undefined;

  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = (status, body, headers = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(body));
    };
    const [, path, edited] = /\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?/.exec(request.url) ?? [];
    if (path === undefined) {
      answer(404, { error: { code: "ConversationNotFound" } });
      return;
    }
    const conversation = decodeURIComponent(path);
    const card = JSON.parse(Buffer.concat(chunks).toString("utf8")).attachments?.[0]?.content;
    if (edited !== undefined && request.method === "PUT") {
      counts.edits += 1;
      cards.set(conversation, { id: decodeURIComponent(edited), card });
      answer(200, { id: edited });
      return;
    }
    if (refuses(conversation)) {
      counts.refusals += 1;
      answer(429, THROTTLED, { "retry-after": "5" });
      return;
    }
    const id = randomUUID();
    counts.posts += 1;
    posts.set(conversation, [...(posts.get(conversation) ?? []), id]);
    cards.set(conversation, { id, card });
    onPost(conversation, card);
    answer(201, { id });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    serviceUrl: `http://127.0.0.1:${server.address().port}/`,
    posts,
    counts,
    /** The ids of what a conversation got. */
    postsOf: (conversation) => posts.get(conversation) ?? [],
    /** The buttons of the last card there that change it in its place, with the id of its message. */
    buttonsOf(conversation) {
      const { id, card } = cards.get(conversation) ?? {};
      return executesOf(card)
        .filter(({ verb }) => verb !== "ask")
        .map((action) => ({ id, action }));
    },
    watch(watcher) {
      onPost = watcher;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Every Action.Execute of a card without inputs, wherever it stands. */
function executesOf(part) {
  if (typeof part !== "object" || part === null) return [];
  if (part.type === "Action.Execute") return [part];
  return Object.values(part).flatMap(executesOf);
}

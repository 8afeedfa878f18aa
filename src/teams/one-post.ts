import { type ConnectorClient, ConnectorFactory } from "botframework-connector";
import type { LRUCache } from "lru-cache";
import { AppError } from "../kernel/problem.ts";
import { NotSentError } from "./not-sent-error.ts";
import { ownConnection } from "./own-connection.ts";

/** How every connector of the bot sends, and those that there are. */
export interface Sending {
  /** Of one request, in milliseconds. */
  readonly deadline: number;
  /** Whether the bot's token may go to a service URL. */
  readonly trusts: (serviceUrl: string) => boolean;
  /** By app id, service URL and audience. To make one takes the SDK as long as a post, and it holds nothing of a turn. */
  readonly connectors: LRUCache<string, ConnectorClient>;
}

/** The part of @azure/core-rest-pipeline that is used here; the SDK's types do not show it. */
interface Pipeline {
  removePolicy(options: { name: string }): readonly unknown[];
  addPolicy(policy: SendPolicy): void;
}

interface SendRequest {
  readonly url: string;
  abortSignal?: AbortSignal;
  /** Set where a proxy is used. */
  readonly agent?: object;
  requestOverrides?: object;
}

interface SendPolicy {
  readonly name: string;
  sendRequest(request: SendRequest, next: (request: SendRequest) => Promise<unknown>): Promise<unknown>;
}

/** What may send a request again, or send the bot's token to another address. */
const TAKEN_OUT = ["defaultRetryPolicy", "redirectPolicy"] as const;

/**
 * Makes one attempt to post exactly one POST. The SDK repeats what Teams already accepted: a connection
 * cut after the request arrived is sent four times. Its retry policy is taken out; a deadline is put in
 * (there is none), and every request gets its own connection, because a kept one that the peer closed
 * looks exactly like a cut after acceptance. What goes wrong before that connection stands is a NotSentError.
 *
 * Throws when the SDK's pipeline is not the one this was written for, so that a changed SDK fails loudly.
 */
function sendOnce(connector: ConnectorClient, deadline: number): ConnectorClient {
  const { pipeline } = (connector as unknown as { client?: { pipeline?: Pipeline } }).client ?? {};
  for (const name of TAKEN_OUT) {
    const removed = pipeline?.removePolicy({ name }).length;
    if (removed !== 1) {
      throw new Error(
        `botframework-connector has ${removed ?? "no"} ${name} to take out; posts might be repeated.`,
      );
    }
  }
  pipeline?.addPolicy({
    name: "authpulseOnePost",
    sendRequest: (request, next) => sendWithin(deadline, request, next),
  });
  return connector;
}

/** To the end of the answer: the SDK's own time-out is over with its head, and a body may never come. */
async function sendWithin(
  deadline: number,
  request: SendRequest,
  next: (request: SendRequest) => Promise<unknown>,
): Promise<unknown> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), deadline);
  request.abortSignal = over.signal;
  // What becomes of a connection through a proxy cannot be seen from here.
  let mayHaveLeft = request.agent !== undefined;
  if (!request.agent) {
    const agent = ownConnection(request.url, () => {
      mayHaveLeft = true;
    });
    request.requestOverrides = { ...request.requestOverrides, agent };
  }
  try {
    // Not every body that is waited for hears of an abort: one that is unzipped does not.
    return await Promise.race([next(request), aborted(over.signal)]);
  } catch (thrown) {
    throw mayHaveLeft ? thrown : new NotSentError(thrown);
  } finally {
    clearTimeout(timer);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () =>
      reject(new DOMException("The deadline of a request to Teams is over.", "AbortError")),
    );
  });
}

/**
 * Wraps a factory of the SDK for an app id so that every client it creates sends once and serves all turns, and that
 * there is none for a service URL that is not trusted: the SDK would send the bot's token anywhere that a stored address
 * says.
 */
export function onePostFactory(
  inner: ConnectorFactory,
  appId: string | undefined,
  sending: Sending,
): ConnectorFactory {
  return new OnePostFactory(inner, appId, sending);
}

class OnePostFactory extends ConnectorFactory {
  readonly #inner: ConnectorFactory;
  readonly #appId: string | undefined;
  readonly #sending: Sending;

  constructor(inner: ConnectorFactory, appId: string | undefined, sending: Sending) {
    super();
    this.#inner = inner;
    this.#appId = appId;
    this.#sending = sending;
  }

  /** Rejects with INTERNAL for a service URL that is not trusted. */
  override async create(serviceUrl: string, audience: string): Promise<ConnectorClient> {
    const { deadline, trusts, connectors } = this.#sending;
    if (!trusts(serviceUrl)) {
      throw new AppError("INTERNAL", {
        detail: "A conversation's service URL is none of Microsoft's hosts.",
      });
    }
    const key = JSON.stringify([this.#appId, serviceUrl, audience]);
    const connector =
      connectors.get(key) ?? sendOnce(await this.#inner.create(serviceUrl, audience), deadline);
    connectors.set(key, connector);
    return connector;
  }
}

import { ServiceClientCredentialsFactory } from "botframework-connector";
import { AppError } from "../kernel/problem.ts";

/** Gives the bot's own token for a scope of the Bot Framework; rejects with whatever keeps it from that. */
export type BotTokens = (scope: string) => Promise<string>;

type Credentials = Awaited<ReturnType<ServiceClientCredentialsFactory["createCredentials"]>>;
type OutgoingRequest = Parameters<Credentials["signRequest"]>[0];

/**
 * The bot's identity over @azure/identity instead of the SDK's MSAL, so that the bot can have every
 * credential that Graph has: secret, certificate, federated token file, managed identity.
 * Without an app id authentication is off, as the SDK has it (local mode).
 */
export class BotCredentialsFactory extends ServiceClientCredentialsFactory {
  readonly #appId: string | undefined;
  readonly #tokens: BotTokens | undefined;

  /** @param deadline milliseconds; a request that gets no token within them is not sent */
  constructor(appId: string | undefined, tokens: BotTokens | undefined, deadline: number) {
    super();
    this.#appId = appId;
    this.#tokens = tokens && ((scope) => tokenWithin(deadline, tokens(scope)));
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#appId;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return this.#appId === undefined;
  }

  override async createCredentials(appId: string, audience: string | undefined): Promise<Credentials> {
    const tokens = this.#tokens;
    if (this.#appId !== undefined && appId !== this.#appId) {
      throw new Error("The request is for another app id.");
    }
    return {
      async signRequest(request: OutgoingRequest) {
        if (tokens && audience) {
          request.headers.set("authorization", `Bearer ${await tokens(scopeOf(audience))}`);
        }
        return request;
      },
    };
  }
}

/**
 * Rejects with an AppError alone, GRAPH-SIGN-IN for what the sign-in service says: an error of its own has a status
 * that looks like an answer of Teams.
 */
async function tokenWithin(deadline: number, token: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("The sign-in service has not answered.")), deadline);
  });
  try {
    return await Promise.race([token, late]);
  } catch (thrown) {
    throw thrown instanceof AppError
      ? thrown
      : new AppError("GRAPH-SIGN-IN", { detail: "There is no token for the bot." }, thrown);
  } finally {
    clearTimeout(timer);
  }
}

function scopeOf(audience: string): string {
  return audience.endsWith("/.default") ? audience : `${audience}/.default`;
}

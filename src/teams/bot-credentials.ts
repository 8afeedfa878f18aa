import { ServiceClientCredentialsFactory } from "botframework-connector";

/** Gives the bot's own token for a scope of the Bot Framework; rejects with GRAPH-SIGN-IN. */
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

  constructor(appId: string | undefined, tokens: BotTokens | undefined) {
    super();
    this.#appId = appId;
    this.#tokens = tokens;
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

function scopeOf(audience: string): string {
  return audience.endsWith("/.default") ? audience : `${audience}/.default`;
}

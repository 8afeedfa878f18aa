import type { Activity } from "botbuilder";
import { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import type {
  AuthenticateRequestResult,
  ClaimsIdentity,
  ConnectorClient,
  ConnectorFactory,
  UserTokenClient,
} from "botframework-connector";
import { AuthenticationConstants, AuthenticationError } from "botframework-connector";
import { LRUCache } from "lru-cache";
import { BotCredentialsFactory, type BotTokens } from "./bot-credentials.ts";
import { onePostFactory, type Sending } from "./one-post.ts";
import { createQuietly } from "./quietly.ts";

export interface AuthenticationSettings {
  readonly appId?: string;
  readonly tenantId?: string;
  /** The Bot Framework's own settings for other clouds, passed through as they are. */
  readonly cloud: Readonly<Record<string, string>>;
  readonly tokens?: BotTokens;
  /** Deadline of one POST in milliseconds. */
  readonly sendDeadline: number;
  /** Whether the bot's token may go to a service URL. */
  readonly trusts: (serviceUrl: string) => boolean;
}

/** Teams has a service URL for each region of the world; a bound for memory. */
const CONNECTORS = 50;

/** There is one console for the whole process. */
const quietly = createQuietly(console);

/**
 * The SDK's authentication with these changes. Every refused token is a 401: the SDK answers 500 to a wrong
 * signature or `alg: none`, and lets an activity without a service URL through. A service URL that is none of
 * Microsoft's is refused though its token is right, with 403: who sent it is known, and is not served. And
 * every connector is for a trusted service URL and sends one POST an attempt.
 */
export class Authentication extends ConfigurationBotFrameworkAuthentication {
  readonly #sending: Sending;
  #userTokens: UserTokenClient | undefined;

  constructor(settings: AuthenticationSettings) {
    super(
      {
        ...settings.cloud,
        ...(settings.appId && { MicrosoftAppId: settings.appId }),
        ...(settings.tenantId && { MicrosoftAppTenantId: settings.tenantId }),
      },
      new BotCredentialsFactory(settings.appId, settings.tokens, settings.sendDeadline),
    );
    this.#sending = {
      deadline: settings.sendDeadline,
      trusts: settings.trusts,
      connectors: new LRUCache<string, ConnectorClient>({ max: CONNECTORS }),
    };
  }

  override async authenticateRequest(
    activity: Activity,
    authHeader: string,
  ): Promise<AuthenticateRequestResult> {
    const result = await this.#authenticate(activity, authHeader);
    if (!this.#sending.trusts(activity.serviceUrl)) {
      throw new AuthenticationError("Forbidden", 403);
    }
    if (!result.connectorFactory) {
      throw unauthorized("the SDK gave no connector");
    }
    const appId = appIdOf(result.claimsIdentity);
    return { ...result, connectorFactory: onePostFactory(result.connectorFactory, appId, this.#sending) };
  }

  override createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory {
    const factory = super.createConnectorFactory(claimsIdentity);
    return onePostFactory(factory, appIdOf(claimsIdentity), this.#sending);
  }

  /** The SDK gives each turn one, for signing people in; this bot signs nobody in, and one does for all turns. */
  override async createUserTokenClient(claimsIdentity: ClaimsIdentity): Promise<UserTokenClient> {
    const client = this.#userTokens ?? (await super.createUserTokenClient(claimsIdentity));
    this.#userTokens = client;
    return client;
  }

  async #authenticate(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    if (typeof activity.serviceUrl !== "string" || activity.serviceUrl === "") {
      throw unauthorized("no service URL");
    }
    try {
      return await quietly(() => super.authenticateRequest(activity, authHeader));
    } catch (thrown) {
      throw unauthorized("refused by the SDK", thrown);
    }
  }
}

function appIdOf(identity: ClaimsIdentity): string | undefined {
  return identity.getClaimValue(AuthenticationConstants.AudienceClaim) ?? undefined;
}

/** The text goes to the caller, so it says nothing of the reason; that stays in the cause. */
function unauthorized(reason: string, cause?: unknown): AuthenticationError {
  const error = new AuthenticationError("Unauthorized", 401);
  error.cause = cause ?? reason;
  return error;
}

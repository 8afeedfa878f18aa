import type { Activity } from "botbuilder";
import { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import type { AuthenticateRequestResult, ClaimsIdentity, ConnectorFactory } from "botframework-connector";
import { AuthenticationError } from "botframework-connector";
import { BotCredentialsFactory, type BotTokens } from "./bot-credentials.ts";
import { onePostFactory } from "./one-post.ts";

export interface AuthenticationSettings {
  readonly appId?: string;
  readonly tenantId?: string;
  /** The Bot Framework's own settings for other clouds, passed through as they are. */
  readonly cloud: Readonly<Record<string, string>>;
  readonly tokens?: BotTokens;
  /** Deadline of one POST in milliseconds. */
  readonly sendDeadline: number;
}

/**
 * The SDK's authentication with two changes. Every refusal is a 401: the SDK answers 500 to a wrong
 * signature or `alg: none`, and lets an activity without a service URL through. And every connector sends
 * one POST an attempt.
 */
export class Authentication extends ConfigurationBotFrameworkAuthentication {
  readonly #sendDeadline: number;

  constructor(settings: AuthenticationSettings) {
    super(
      {
        ...settings.cloud,
        ...(settings.appId && { MicrosoftAppId: settings.appId }),
        ...(settings.tenantId && { MicrosoftAppTenantId: settings.tenantId }),
      },
      new BotCredentialsFactory(settings.appId, settings.tokens),
    );
    this.#sendDeadline = settings.sendDeadline;
  }

  override async authenticateRequest(
    activity: Activity,
    authHeader: string,
  ): Promise<AuthenticateRequestResult> {
    const result = await this.#authenticate(activity, authHeader);
    if (!result.connectorFactory) {
      throw unauthorized("the SDK gave no connector");
    }
    return { ...result, connectorFactory: onePostFactory(result.connectorFactory, this.#sendDeadline) };
  }

  override createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory {
    return onePostFactory(super.createConnectorFactory(claimsIdentity), this.#sendDeadline);
  }

  async #authenticate(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    if (typeof activity.serviceUrl !== "string" || activity.serviceUrl === "") {
      throw unauthorized("no service URL");
    }
    try {
      return await super.authenticateRequest(activity, authHeader);
    } catch (thrown) {
      throw unauthorized("refused by the SDK", thrown);
    }
  }
}

/** The text goes to the caller, so it says nothing of the reason; that stays in the cause. */
function unauthorized(reason: string, cause?: unknown): AuthenticationError {
  const error = new AuthenticationError("Unauthorized", 401);
  error.cause = cause ?? reason;
  return error;
}

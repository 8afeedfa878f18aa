import type { TokenCredential } from "@azure/identity";
import type { Clock } from "../kernel/clock.ts";
import { AppError } from "../kernel/problem.ts";
import type { GraphCloud } from "./clouds.ts";
import type { IdentitySettings } from "./identity.ts";
import { expiryOfToken } from "./token.ts";

/** How the product signs in to Graph. */
export type CredentialSettings = IdentitySettings | { readonly kind: "token"; readonly token: string };

/**
 * The credential for these settings; nothing is asked of the network, and no file is read, before the
 * first token. It serves the bot's own token as well, so its errors are those of @azure/identity.
 */
export function createCredential(
  settings: CredentialSettings,
  cloud: GraphCloud,
  clock: Clock,
): TokenCredential {
  if (settings.kind === "token") {
    return readyToken(settings.token, clock);
  }
  let loading: Promise<TokenCredential> | undefined;
  return {
    async getToken(scopes, options) {
      // As long to load as a third of the SDK of Teams, and stored numbers are shown without a token.
      loading ??= import("./identity.ts").then(({ identityOf }) => identityOf(settings, cloud));
      const credential = await loading;
      return credential.getToken(scopes, options);
    },
  };
}

/** A token that somebody copied cannot be renewed, so its end is an error of its own. */
function readyToken(token: string, clock: Clock): TokenCredential {
  const expires = expiryOfToken(token);
  return {
    async getToken() {
      if (expires !== undefined && expires <= clock.now()) {
        throw new AppError("GRAPH-SIGN-IN", {
          signIn: "ready-token",
          detail: `The access token of the settings ended at ${expires.toISOString()}.`,
        });
      }
      return { token, expiresOnTimestamp: expires?.getTime() ?? Number.MAX_SAFE_INTEGER };
    },
  };
}

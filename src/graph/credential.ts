import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  AzurePowerShellCredential,
  ChainedTokenCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from "@azure/identity";
import type { Clock } from "../kernel/clock.ts";
import { AppError } from "../kernel/problem.ts";
import { endpointsOf, type GraphCloud } from "./clouds.ts";
import { expiryOfToken } from "./token.ts";

/** How the product signs in to Graph. */
export type CredentialSettings =
  | {
      readonly kind: "secret";
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | {
      readonly kind: "certificate";
      readonly tenantId: string;
      readonly clientId: string;
      /** PEM file with certificate and private key. */
      readonly certificatePath: string;
    }
  | {
      readonly kind: "federated";
      readonly tenantId: string;
      readonly clientId: string;
      readonly tokenFilePath: string;
    }
  | { readonly kind: "managed-identity"; readonly clientId: string }
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "developer"; readonly tenantId?: string };

/** A developer's tool that has not answered by then is passed over. */
const DEVELOPER_TOOL_DEADLINE = 15_000;

/**
 * The credential for these settings; nothing is asked of the network, and no file is read, before the
 * first token. It serves the bot's own token as well, so its errors are those of @azure/identity.
 */
export function createCredential(
  settings: CredentialSettings,
  cloud: GraphCloud,
  clock: Clock,
): TokenCredential {
  const authority = { authorityHost: endpointsOf(cloud).login };
  switch (settings.kind) {
    case "secret":
      return new ClientSecretCredential(
        settings.tenantId,
        settings.clientId,
        settings.clientSecret,
        authority,
      );
    case "certificate":
      return new ClientCertificateCredential(
        settings.tenantId,
        settings.clientId,
        settings.certificatePath,
        authority,
      );
    case "federated":
      return new WorkloadIdentityCredential({
        tenantId: settings.tenantId,
        clientId: settings.clientId,
        tokenFilePath: settings.tokenFilePath,
        ...authority,
      });
    case "managed-identity":
      return new ManagedIdentityCredential({ clientId: settings.clientId });
    case "token":
      return readyToken(settings.token, clock);
    case "developer":
      return developersOwn(settings.tenantId);
  }
}

function developersOwn(tenantId: string | undefined): TokenCredential {
  const options = { processTimeoutInMs: DEVELOPER_TOOL_DEADLINE, ...(tenantId && { tenantId }) };
  return new ChainedTokenCredential(
    new AzureCliCredential(options),
    new AzureDeveloperCliCredential(options),
    new AzurePowerShellCredential(options),
  );
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

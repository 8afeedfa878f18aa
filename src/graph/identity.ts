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
import { endpointsOf, type GraphCloud } from "./clouds.ts";

/** The ways to sign in that @azure/identity knows. */
export type IdentitySettings =
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
  | { readonly kind: "developer"; readonly tenantId?: string };

/** A developer's tool that has not answered by then is passed over. */
const DEVELOPER_TOOL_DEADLINE = 15_000;

/** The credential of @azure/identity for these settings; nothing is asked of the network before the first token. */
export function identityOf(settings: IdentitySettings, cloud: GraphCloud): TokenCredential {
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

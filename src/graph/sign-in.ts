import {
  type AccessToken,
  AggregateAuthenticationError,
  type GetTokenOptions,
  type TokenCredential,
} from "@azure/identity";
import { AppError } from "../kernel/problem.ts";
import { within } from "./within.ts";

/** A credential that gives a token or throws. */
export interface SignIn extends TokenCredential {
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken>;
}

/**
 * The same credential, whose failures are GRAPH-SIGN-IN and whose silence ends after `deadline`
 * milliseconds: some credentials start a program or ask a local service that may never answer. No
 * caller can abort it, because the SDK shares one token request among all that wait for it.
 */
export function reportingSignIn(credential: TokenCredential, deadline: number): SignIn {
  return {
    async getToken(scopes, options) {
      const token = await within(deadline, (abortSignal) =>
        credential.getToken(scopes, { ...options, abortSignal }),
      ).catch((error: unknown) => {
        throw signInProblem(error);
      });
      if (token === null) {
        throw new AppError("GRAPH-SIGN-IN", { detail: "The credential gave no token." });
      }
      return token;
    },
  };
}

/**
 * The original is not kept as cause: its message may quote what a tool or the sign-in service printed,
 * a token among it. Name, code and Microsoft's error number are enough to look the case up
 * (learn.microsoft.com/entra/identity-platform/reference-error-codes).
 */
function signInProblem(error: unknown): AppError {
  if (error instanceof AppError) {
    return error;
  }
  if (error instanceof AggregateAuthenticationError) {
    return new AppError("GRAPH-SIGN-IN", {
      detail: "Nobody is signed in on this machine: run `az login`, `azd auth login` or `Connect-AzAccount`.",
    });
  }
  const { name, message, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error();
  const numbers = message.match(/AADSTS\d+/g) ?? [];
  const known = [name, code, ...numbers].filter((part) => part !== undefined && /^\w{1,60}$/.test(part));
  return new AppError("GRAPH-SIGN-IN", {
    detail: `No token for Microsoft Graph: ${[...new Set(known)].join(", ")}.`,
  });
}

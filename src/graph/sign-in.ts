import type {
  AccessToken,
  AggregateAuthenticationError,
  GetTokenOptions,
  TokenCredential,
} from "@azure/identity";
import { AppError, type SignInFault } from "../kernel/problem.ts";
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
        throw signInProblem(error, options?.claims !== undefined);
      });
      if (token === null) {
        throw new AppError("GRAPH-SIGN-IN", { detail: "The credential gave no token." });
      }
      return token;
    },
  };
}

/** What these numbers mean (learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const KNOWN_NUMBERS: Readonly<Record<string, SignInFault>> = {
  AADSTS7000215: "secret-wrong",
  AADSTS7000222: "secret-expired",
};

const NOBODY = "Nobody is signed in on this machine: run `az login`, `azd auth login` or `Connect-AzAccount`";

/**
 * The original is not kept as cause: its message may quote what a tool or the sign-in service printed,
 * a token among it. Names, codes and Microsoft's error numbers are enough to look the case up.
 */
function signInProblem(error: unknown, challenged: boolean): AppError {
  if (error instanceof AppError) {
    return error;
  }
  const nobody = isOfAll(error);
  const errors = nobody ? [error, ...error.errors] : [error];
  const numbers = errors.flatMap((each) => messageOf(each).match(/AADSTS\d+/g) ?? []);
  const aadsts = numbers.find((number) => Object.hasOwn(KNOWN_NUMBERS, number)) ?? numbers[0];
  const unnumbered = challenged ? "challenge" : nobody ? "nobody" : undefined;
  const signIn = KNOWN_NUMBERS[aadsts ?? ""] ?? unnumbered;
  const known = [...new Set([...errors.flatMap(namesOf), ...numbers])].join(", ");
  return new AppError("GRAPH-SIGN-IN", {
    ...(signIn && { signIn }),
    ...(aadsts && { aadsts }),
    detail: signIn === "nobody" ? `${NOBODY} (${known}).` : `No token for Microsoft Graph: ${known}.`,
  });
}

/** By its name: the package is loaded with the first credential that needs it, and is not loaded for its errors. */
function isOfAll(error: unknown): error is AggregateAuthenticationError {
  return error instanceof Error && error.name === "AggregateAuthenticationError" && "errors" in error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

function namesOf(error: unknown): string[] {
  const { name, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error();
  return [name, code].filter((part) => part !== undefined).filter((part) => /^\w{1,60}$/.test(part));
}

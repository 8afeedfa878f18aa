import type { TokenCredential } from "@azure/identity";
import type { ProblemCode } from "../kernel/problem.ts";

/** Whether a token could be had when one was last asked for. */
export type LastSignIn = "ok" | "not-tried" | ProblemCode;

export interface RememberedSignIn {
  readonly credential: TokenCredential;
  last(): LastSignIn;
}

/** The same credential, which remembers how its last try ended. The SDK keeps a token, so tries are rare. */
export function rememberSignIn(credential: TokenCredential): RememberedSignIn {
  let last: LastSignIn = "not-tried";
  return {
    credential: {
      async getToken(scopes, options) {
        try {
          const token = await credential.getToken(scopes, options);
          last = token ? "ok" : "GRAPH-SIGN-IN";
          return token;
        } catch (thrown) {
          last = "GRAPH-SIGN-IN";
          throw thrown;
        }
      },
    },
    last: () => last,
  };
}

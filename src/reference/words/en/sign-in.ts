import type { SignInFault } from "../../../kernel/problem.ts";
import type { ProblemWords } from "../words.ts";

const RESTART = "Restart AuthPulse if its settings changed, then press Try again.";

type Told = Pick<ProblemWords, "what" | "todo" | "after">;

const TOLD: Readonly<Record<SignInFault, Told>> = {
  "ready-token": {
    what: () =>
      "AuthPulse reads with a ready access token, and that token has ended, was revoked or is meant for " +
      "something else.",
    todo: () => "Put a new token into GRAPH_ACCESS_TOKEN. Such a token ends after about an hour.",
    after: () => "Restart AuthPulse, then press Try again.",
  },
  "token-refused": {
    what: ({ answer }) =>
      `Microsoft Entra gave AuthPulse a token, but Microsoft Graph refused it${answer ? ` (${answer})` : ""}.`,
    todo: () =>
      "Check that the tenant id and GRAPH_CLOUD in AuthPulse's settings belong together. Where AuthPulse reads " +
      "as a signed-in person, run az login again.",
    after: () => RESTART,
  },
  challenge: {
    what: () =>
      "Microsoft asks for a new sign-in before it gives these reports: a Conditional Access policy wants more " +
      "than this sign-in proved, or the session was revoked.",
    todo: () =>
      "Sign in again: with az login, or with a new GRAPH_ACCESS_TOKEN where AuthPulse has one. If it stays, ask a " +
      "Conditional Access Administrator which policy applies to AuthPulse.",
    after: () => "Press Try again.",
  },
  nobody: {
    what: ({ answer }) =>
      "AuthPulse's settings hold no credential, and nobody is signed in on its machine whose token it could use" +
      `${answer ? ` (${answer})` : ""}.`,
    todo: () => "Run az login on that machine, or give AuthPulse a secret or a certificate in its settings.",
    after: () => RESTART,
  },
  "secret-wrong": {
    what: ({ answer }) =>
      `Microsoft Entra refused AuthPulse's client secret: it is not one of the app's${answer ? ` (${answer})` : ""}.`,
    todo: () =>
      "Put the secret's value, not its id, into AuthPulse's settings. The value is shown only when a secret is " +
      "created: if it is lost, create a new client secret in the app registration.",
    after: () => RESTART,
  },
  "secret-expired": {
    what: ({ answer }) =>
      `Microsoft Entra refused AuthPulse's client secret: it has expired${answer ? ` (${answer})` : ""}.`,
    todo: () =>
      "Create a new client secret in the app registration, and put its value into AuthPulse's settings.",
    after: () => RESTART,
  },
};

/** Where nothing more is known than perhaps a number of the sign-in service. */
const UNKNOWN: Told = {
  what: ({ answer }) =>
    `Microsoft Entra gave AuthPulse no token for Microsoft Graph${answer ? ` (${answer})` : ""}: its secret, ` +
    "certificate or sign-in is missing, wrong or expired.",
  todo: () =>
    "Check the tenant id, the client id and the secret or certificate in AuthPulse's settings. In a terminal " +
    "without these settings, run az login first.",
  after: () => RESTART,
};

function toldOf(fault: SignInFault | undefined): Told {
  return fault === undefined ? UNKNOWN : TOLD[fault];
}

export const SIGN_IN: Omit<ProblemWords, "who"> = {
  title: () => "AuthPulse cannot sign in to Microsoft Entra",
  what: (details) => toldOf(details.signIn).what(details),
  todo: (details) => toldOf(details.signIn).todo(details),
  after: (details) => toldOf(details.signIn).after(details),
};

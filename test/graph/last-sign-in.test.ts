import type { TokenCredential } from "@azure/identity";
import { expect, test } from "vitest";
import { rememberSignIn } from "../../src/graph/last-sign-in.ts";

const TOKEN = { token: "t", expiresOnTimestamp: 1 };

function after(...tries: readonly TokenCredential["getToken"][]) {
  const left = [...tries];
  return rememberSignIn({ getToken: (scopes) => left.shift()?.(scopes) ?? Promise.resolve(null) });
}

test("a sign-in that nobody tried is told as such", () => {
  expect(after().last()).toBe("not-tried");
});

test("the last try counts, and its failure is handed on", async () => {
  const signIn = after(
    () => Promise.reject(new Error("no network")),
    async () => TOKEN,
  );

  await expect(signIn.credential.getToken("scope")).rejects.toThrow("no network");
  const failed = signIn.last();
  const token = await signIn.credential.getToken("scope");

  expect([failed, signIn.last(), token]).toEqual(["GRAPH-SIGN-IN", "ok", TOKEN]);
});

test("no token is a failure, too", async () => {
  const signIn = after(async () => null);

  await signIn.credential.getToken("scope");

  expect(signIn.last()).toBe("GRAPH-SIGN-IN");
});

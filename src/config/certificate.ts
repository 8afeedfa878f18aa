import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

/** What is wrong with a file, and what to do about it. */
export interface FileProblem {
  readonly problem: string;
  readonly remedy: string;
}

const REMAKE =
  "Put the certificate and its private key, without a password, as PEM into one file; for example with " +
  "openssl pkcs12 -in app.pfx -out app.pem -nodes.";

/**
 * What is wrong with a PEM file of certificate and private key, as @azure/identity takes them; undefined where it
 * can be used at this moment. Nothing of the file is in a text.
 * Source: learn.microsoft.com/javascript/api/@azure/identity/clientcertificatecredential
 */
export function certificateProblem(path: string, now: Date): FileProblem | undefined {
  const pem = textOf(path);
  if (typeof pem !== "string") {
    return pem;
  }
  const certificate = parsed(() => new X509Certificate(pem));
  if (!certificate) {
    return { problem: "The file holds no certificate.", remedy: REMAKE };
  }
  const key = parsed(() => createPrivateKey(pem));
  if (!key) {
    return { problem: "The file holds no private key, or one with a password.", remedy: REMAKE };
  }
  if (!certificate.checkPrivateKey(key)) {
    return { problem: "The private key is not the certificate's.", remedy: REMAKE };
  }
  const ended = new Date(certificate.validTo);
  return ended <= now
    ? {
        problem: `The certificate ended at ${ended.toISOString()}.`,
        remedy: "Make a new one and add it to the application in the Entra admin center.",
      }
    : undefined;
}

/** What is wrong with a file that must be there with something in it. */
export function fileProblem(path: string): FileProblem | undefined {
  const text = textOf(path);
  return typeof text === "string" ? undefined : text;
}

function textOf(path: string): string | FileProblem {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
    return {
      problem: code === "ENOENT" ? "The file is not there." : `The file cannot be read (${code}).`,
      remedy: "Check the path and that this process may read it.",
    };
  }
}

function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate of its own maker, and the key that goes with it, both as PEM. */
interface SelfSigned {
  readonly certificate: string;
  readonly key: string;
  /** The same key behind a password. */
  readonly lockedKey: string;
}

/** Made by hand, since Node reads certificates and writes none (RFC 5280, section 4.1). */
export function selfSigned(validUntil: Date): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const commonName = der(0x31, der(0x30, der(0x06, [0x55, 0x04, 0x03]), der(0x0c, Buffer.from("test"))));
  const name = der(0x30, commonName);
  const content = der(
    0x30,
    der(0x02, [1]),
    SHA256_WITH_RSA,
    name,
    der(0x30, time(new Date(0)), time(validUntil)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", content, privateKey);
  const whole = der(0x30, content, SHA256_WITH_RSA, der(0x03, [0], signature));
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${whole.toString("base64")}\n-----END CERTIFICATE-----\n`,
    key: pemOf(privateKey),
    lockedKey: pemOf(privateKey, { cipher: "aes-256-cbc", passphrase: "closed" }),
  };
}

function pemOf(key: KeyObject, lock: { cipher?: string; passphrase?: string } = {}): string {
  return key.export({ type: "pkcs8", format: "pem", ...lock }).toString();
}

/** One element of DER: its tag, its length and what it holds. */
function der(tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Uint8Array.from(part)));
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function time(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().replace(/\D/g, "").slice(0, 14)}Z`));
}

const SHA256_WITH_RSA = der(
  0x30,
  der(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]),
  der(0x05),
);

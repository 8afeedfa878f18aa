// A self-signed certificate for localhost, made by hand since Node reads certificates and writes none (RFC 5280,
// section 4.1). Node takes the common name where a certificate has no other (tls.checkServerIdentity).
import { generateKeyPairSync, sign } from "node:crypto";

const SHA256_WITH_RSA = der(
  0x30,
  der(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]),
  der(0x05),
);

/** The certificate and its key as PEM. */
export function selfSigned(validUntil) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const commonName = der(0x30, der(0x06, [0x55, 0x04, 0x03]), der(0x0c, Buffer.from("localhost")));
  const name = der(0x30, der(0x31, commonName));
  const content = der(
    0x30,
    der(0x02, [1]),
    SHA256_WITH_RSA,
    name,
    der(0x30, time(new Date(0)), time(validUntil)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const whole = der(0x30, content, SHA256_WITH_RSA, der(0x03, [0], sign("sha256", content, privateKey)));
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${whole.toString("base64")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
}

/** One element of DER: its tag, its length and what it holds. */
function der(tag, ...parts) {
  const content = Buffer.concat(parts.map((part) => Uint8Array.from(part)));
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function time(at) {
  return der(0x18, Buffer.from(`${at.toISOString().replace(/\D/g, "").slice(0, 14)}Z`));
}

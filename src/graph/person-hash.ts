import siphash from "siphash/lib/siphash13.js";

/** 64 bits in two halves. */
export interface PersonHash {
  readonly h: number;
  readonly l: number;
}

/** Longer than a user principal name may be (113 characters), in UTF-8. */
const BYTES = 512;

/**
 * Hashes user principal names, whatever their case, with SipHash-1-3 under this key (github.com/veorq/SipHash; the
 * variant for tables of hashes that nobody outside sees, as in Rust and Ruby). Among 1,000,000 people the chance that
 * any two share a hash is about 1 in 37 million.
 * @param key 16 random bytes; throws for any other length
 */
export function personHasher(key: Uint8Array): (userPrincipalName: string) => PersonHash {
  if (key.length !== 16) {
    throw new Error("the key of a person's hash has 16 bytes");
  }
  const words = new Uint32Array(key.slice().buffer);
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(BYTES);
  return (userPrincipalName) => {
    const name = userPrincipalName.toLowerCase();
    const { read, written } = encoder.encodeInto(name, bytes);
    const whole = read === name.length;
    return siphash.hash(words, whole ? bytes.subarray(0, written) : encoder.encode(name));
  };
}

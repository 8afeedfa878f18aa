import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { personHasher } from "../../src/graph/person-hash.ts";

const KEY = Uint8Array.from({ length: 16 }, (_unused, index) => index);

/** SipHash-1-3 under KEY of 0 to 63 bytes that count up (rust-lang/rust, library/coretests/tests/hash/sip.rs). */
const PUBLISHED = `
  dcc40f055801acab 93ca577df39bf4c9 4dd4c74d029bcb82 fbf7dde7b80af88b 2883d388605775cf 673b53492fd5f9de a7229fc5502b0dc5
  4011b19b987d92d3 8e9a298d11959036 e43d066cb38ea425 7f09ff92ee85de79 52c34df9c118c170 a2d9b457b184a378 a7ff29120c766f30
  345df9c011a15a60 5699512a6dd820d3 668b907d1add4fcc 0cd8db639068f29c 3ee673b49c38fc8f 1c7d298de59d1ff2 40e0cca6462fdcc0
  44f8452bfeab92b9 2e8720a39b7bfe7f 23c1e6da7f0e5a52 8c9c3467b2ae64f4 79095b702859cd45 a51399cae3353e3a 353bde4a4ec71da9
  0dd06cef02ed0bfb f4e1b14ab43cd988 63e6c543d6110f54 bcd1218c1fdd7023 0db6a7166c7b1581 bff98f7ae5b9544d 3e752a1f78129f75
  916b18bfbea3a1ce 0662a2add308f52c 5730c3a32d1c10b6 a1363aae9674f4b3 9283107b54576b62 3115e4993236d2c1 44d91a3f92c17c66
  258813c8fe4f7065 a64989c2d180f224 6b87f8faed1ccac2 9621049ffc4b16c2 23d6b168939c6ea1 fd14518b9c16fb49 464c07dff843319f
  b386cc1224affdc6 8f09520ad149af7e 9a2f299d5513f31c 121ff4a2dd304ac4 d01ea74389e9fa36 e6bcf0734cb38f31 80e9a77036bf7aa2
  756d3c24dbc0bcb4 1315b7fd52d8f823 088a7da64d5f038f 48f1e8b7e5d09cd8 ee44a6f7bce6f4f6 f237180fd89ac5ae e094664b15f6b2c3
  a8b3bbb76290199d`
  .trim()
  .split(/\s+/);

/** The bytes as they are published: the lowest first. */
function hashed(name: string, key = KEY): string {
  const { h, l } = personHasher(key)(name);
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setInt32(0, l, true);
  bytes.setInt32(4, h, true);
  return Buffer.from(bytes.buffer).toString("hex");
}

/** The same by the paper's own words (Aumasson and Bernstein, SipHash: a fast short-input PRF, section 2). */
function byThePaper(bytes: Uint8Array, key: Uint8Array): string {
  const add = (one: bigint, other: bigint) => BigInt.asUintN(64, one + other);
  const turn = (word: bigint, bits: bigint) => BigInt.asUintN(64, word << bits) | (word >> (64n - bits));
  const [k0 = 0n, k1 = 0n] = new BigUint64Array(key.slice().buffer);
  let v0 = k0 ^ 0x736f6d6570736575n;
  let v1 = k1 ^ 0x646f72616e646f6dn;
  let v2 = k0 ^ 0x6c7967656e657261n;
  let v3 = k1 ^ 0x7465646279746573n;
  const round = () => {
    v0 = add(v0, v1);
    v1 = turn(v1, 13n) ^ v0;
    v0 = turn(v0, 32n);
    v2 = add(v2, v3);
    v3 = turn(v3, 16n) ^ v2;
    v0 = add(v0, v3);
    v3 = turn(v3, 21n) ^ v0;
    v2 = add(v2, v1);
    v1 = turn(v1, 17n) ^ v2;
    v2 = turn(v2, 32n);
  };
  const padded = new Uint8Array(bytes.length - (bytes.length % 8) + 8);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length;
  for (const word of new BigUint64Array(padded.buffer)) {
    v3 ^= word;
    round();
    v0 ^= word;
  }
  v2 ^= 0xffn;
  round();
  round();
  round();
  return Buffer.from(new BigUint64Array([v0 ^ v1 ^ v2 ^ v3]).buffer).toString("hex");
}

describe("the hash of a person", () => {
  it("is SipHash-1-3 by the published values", () => {
    const texts = PUBLISHED.map((_unused, length) =>
      String.fromCharCode(...Array.from({ length }, (_none, index) => index)),
    );

    expect(texts.map((text) => hashed(text))).toEqual(PUBLISHED);
  });

  it("is SipHash-1-3 of the name in lower case in UTF-8, however long, under whatever key", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 700 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (name, key) => {
          expect(hashed(name, key)).toBe(byThePaper(new TextEncoder().encode(name.toLowerCase()), key));
        },
      ),
    );
  });

  it("does not depend on the names before", () => {
    const hashOf = personHasher(KEY);
    hashOf("a-very-long-name-that-leaves-its-bytes-behind@contoso.example");

    expect(hashOf("Ann@contoso.example")).toEqual(personHasher(KEY)("ann@CONTOSO.example"));
  });
});

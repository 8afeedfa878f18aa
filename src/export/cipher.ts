import { createCipheriv, createDecipheriv } from "node:crypto";

/** Plain bytes that are sealed together. */
export const CHUNK = 64 * 1024;
const TAG = 16;
/** The same bytes on the disk. */
export const SEALED = CHUNK + TAG;

/** AES-256-GCM over the chunks of one file. */
export interface Cipher {
  seal(index: number, plain: Buffer): Buffer;
  /** Undefined when these are not the bytes that were sealed under this index. */
  open(index: number, sealed: Buffer): Buffer | undefined;
  /** Overwrites the key; what was sealed cannot be opened any more. */
  forget(): void;
}

/**
 * `key` has 32 bytes and seals nothing else. The number of the chunk is the nonce: it never repeats under one key,
 * and a chunk that was moved does not open. Where chunks are missing at the end is for the reader to see, who knows
 * the size.
 */
export function createCipher(key: Buffer): Cipher {
  return {
    seal(index, plain) {
      const cipher = createCipheriv(ALGORITHM, key, nonceOf(index));
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(index, sealed) {
      if (sealed.length < TAG) {
        return undefined;
      }
      const decipher = createDecipheriv(ALGORITHM, key, nonceOf(index), { authTagLength: TAG });
      decipher.setAuthTag(sealed.subarray(-TAG));
      const plain = decipher.update(sealed.subarray(0, -TAG));
      try {
        decipher.final();
        return plain;
      } catch {
        return undefined;
      }
    },
    forget: () => {
      key.fill(0);
    },
  };
}

const ALGORITHM = "aes-256-gcm";

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 6, 6);
  return nonce;
}

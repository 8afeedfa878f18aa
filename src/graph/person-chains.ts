/** What one person did, of one kind: when last. */
export interface ChainEntry {
  readonly kind: number;
  readonly time: number;
}

/** Chains of kinds and times, one for each person; the end of every chain, and the chain of nobody, is 0. */
export interface PersonChains {
  /** Remembers the time where it is the latest of its kind; gives the chain's new beginning. */
  remember(link: number, kind: number, time: number): number;
  of(link: number): Iterable<ChainEntry>;
  readonly size: number;
  readonly bytes: number;
}

/** An entry: its kind, its time, and the next one. */
const WORDS = 3;
const CHUNK_BITS = 14;
const CHUNK = 2 ** CHUNK_BITS;

/** Chunks are added and never moved: 12 bytes for each pair of a person and a kind, whatever the number of tries. */
export function createPersonChains(): PersonChains {
  const chunks: Uint32Array[] = [];
  let size = 0;

  function chunkOf(link: number): Uint32Array {
    const chunk = chunks[(link - 1) >>> CHUNK_BITS];
    if (!chunk) {
      throw new Error("a link leads to no chunk");
    }
    return chunk;
  }

  function wordOf(link: number): number {
    return ((link - 1) & (CHUNK - 1)) * WORDS;
  }

  function word(link: number, offset: number): number {
    return chunkOf(link)[wordOf(link) + offset] ?? 0;
  }

  return {
    remember(link, kind, time) {
      for (let at = link; at !== 0; at = word(at, 2)) {
        if (word(at, 0) === kind) {
          if (time > word(at, 1)) {
            chunkOf(at)[wordOf(at) + 1] = time;
          }
          return link;
        }
      }
      if (size === chunks.length * CHUNK) {
        chunks.push(new Uint32Array(CHUNK * WORDS));
      }
      size += 1;
      const chunk = chunkOf(size);
      const at = wordOf(size);
      chunk[at] = kind;
      chunk[at + 1] = time;
      chunk[at + 2] = link;
      return size;
    },
    *of(link) {
      for (let at = link; at !== 0; at = word(at, 2)) {
        yield { kind: word(at, 0), time: word(at, 1) };
      }
    },
    get size() {
      return size;
    },
    get bytes() {
      return chunks.length * CHUNK * WORDS * Uint32Array.BYTES_PER_ELEMENT;
    },
  };
}

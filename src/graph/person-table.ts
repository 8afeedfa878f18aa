import type { PersonHash } from "./person-hash.ts";

/** What is kept beside a hash, each a number of 32 bits that begins as 0: its place within an entry. */
export const FIELDS = { firstSuccess: 2, secondSuccess: 3, link: 4 } as const;
export type PersonField = (typeof FIELDS)[keyof typeof FIELDS];

export interface PersonTable {
  /** Where somebody stands, who is taken in when new. It holds until the next `enter`. */
  enter(hash: PersonHash): number;
  /** Undefined for somebody who is not there. */
  find(hash: PersonHash): number | undefined;
  get(place: number, field: PersonField): number;
  set(place: number, field: PersonField, value: number): void;
  places(): Iterable<number>;
  readonly size: number;
  readonly bytes: number;
}

const SEGMENT_BITS = 6;
/** A slot, for one entry: both halves of the hash, then the fields. */
const WORDS = 5;
/** Segments get their slots in blocks. */
const BLOCK_BITS = 5;
const BLOCK = 2 ** BLOCK_BITS;
/** Many blocks share an array, since each array costs some hundred bytes of its own. */
const CHUNK_BITS = 9;
const CHUNK = 2 ** CHUNK_BITS;
/** 20 bytes an entry, at the emptiest 20 × 1.1 / 0.93: less than 24 bytes a person. */
const FULLEST = 0.93;
const GROWTH = 0.1;
const HALF = 2 ** 32;

/** Some of the people, by the first bits of their hash. */
interface Segment {
  /** The place of the first slot of each block. */
  readonly blocks: number[];
  /** Slots that are taken. */
  used: number;
}

/**
 * A table of people under their hashes with open addressing. It stands in segments that grow one by one and by little.
 * A segment gets more blocks and is put in order anew within them: so neither doubled space nor memory that waits for
 * the garbage collector comes with the next person, nor a long pause.
 */
export function createPersonTable(): PersonTable {
  const chunks: Int32Array[] = [];
  const segments = Array.from({ length: 2 ** SEGMENT_BITS }, (): Segment => ({ blocks: [], used: 0 }));
  let places = 0;
  let size = 0;
  /** Where the entries of a segment wait while it is put in order. */
  let aside = new Int32Array(0);

  function segmentOf(h: number): Segment {
    return existing(segments[h >>> (32 - SEGMENT_BITS)]);
  }

  function chunkOf(place: number): Int32Array {
    return existing(chunks[place >>> CHUNK_BITS]);
  }

  /** Where the hash stands, or the empty slot where it belongs; a segment is never full. */
  function placeOf({ blocks }: Segment, h: number, l: number): number {
    const slots = blocks.length * BLOCK;
    let slot = Math.floor(((l >>> 0) / HALF) * slots);
    for (;;) {
      const first = existing(blocks[slot >>> BLOCK_BITS]);
      const found = slotIn(chunkOf(first), wordOf(first), slot & (BLOCK - 1), h, l);
      if (found < BLOCK) {
        return first + found;
      }
      const next = ((slot >>> BLOCK_BITS) + 1) << BLOCK_BITS;
      slot = next === slots ? 0 : next;
    }
  }

  function isTaken(place: number): boolean {
    return isEntry(chunkOf(place), wordOf(place));
  }

  /** The place of the first slot of a new block. */
  function addBlock(): number {
    if (places === chunks.length * CHUNK) {
      chunks.push(new Int32Array(CHUNK * WORDS));
    }
    places += BLOCK;
    return places - BLOCK;
  }

  function grow(segment: Segment): void {
    const end = putAside(segment);
    const more = Math.max(1, Math.floor(segment.blocks.length * GROWTH));
    for (let count = 0; count < more; count += 1) {
      segment.blocks.push(addBlock());
    }
    for (let word = 0; word < end; word += WORDS) {
      if (isEntry(aside, word)) {
        const place = placeOf(segment, aside[word] ?? 0, aside[word + 1] ?? 0);
        const chunk = chunkOf(place);
        const to = wordOf(place);
        for (let offset = 0; offset < WORDS; offset += 1) {
          chunk[to + offset] = aside[word + offset] ?? 0;
        }
      }
    }
  }

  /** Empties the blocks of a segment; gives the number of words that they had. */
  function putAside({ blocks }: Segment): number {
    const words = BLOCK * WORDS;
    if (aside.length < blocks.length * words) {
      aside = new Int32Array(blocks.length * words * 2);
    }
    for (const [index, first] of blocks.entries()) {
      const block = chunkOf(first).subarray(wordOf(first), wordOf(first) + words);
      aside.set(block, index * words);
      block.fill(0);
    }
    return blocks.length * words;
  }

  return {
    enter(hash) {
      const { h, l } = present(hash);
      const segment = segmentOf(h);
      if (segment.used + 1 > segment.blocks.length * BLOCK * FULLEST) {
        grow(segment);
      }
      const place = placeOf(segment, h, l);
      if (!isTaken(place)) {
        const chunk = chunkOf(place);
        chunk[wordOf(place)] = h;
        chunk[wordOf(place) + 1] = l;
        segment.used += 1;
        size += 1;
      }
      return place;
    },
    find(hash) {
      const { h, l } = present(hash);
      const segment = segmentOf(h);
      const place = segment.used === 0 ? undefined : placeOf(segment, h, l);
      return place !== undefined && isTaken(place) ? place : undefined;
    },
    get: (place, field) => (chunkOf(place)[wordOf(place) + field] ?? 0) >>> 0,
    set(place, field, value) {
      chunkOf(place)[wordOf(place) + field] = value;
    },
    *places() {
      for (let place = 0; place < places; place += 1) {
        if (isTaken(place)) {
          yield place;
        }
      }
    },
    get size() {
      return size;
    },
    get bytes() {
      return chunks.length * CHUNK * WORDS * Int32Array.BYTES_PER_ELEMENT;
    },
  };
}

function existing<Part>(part: Part | undefined): Part {
  if (part === undefined) {
    throw new Error("a place lies outside of the table");
  }
  return part;
}

/** Where a slot begins within its chunk. */
function wordOf(place: number): number {
  return (place & (CHUNK - 1)) * WORDS;
}

/** The first slot of a block with this hash or none, from a slot on; `BLOCK` where there is neither. */
function slotIn(chunk: Int32Array, block: number, from: number, h: number, l: number): number {
  for (let slot = from; slot < BLOCK; slot += 1) {
    const high = chunk[block + slot * WORDS];
    const low = chunk[block + slot * WORDS + 1];
    if ((low === l && high === h) || (low === 0 && high === 0)) {
      return slot;
    }
  }
  return BLOCK;
}

/** Two zeros are an empty slot. */
function present(hash: PersonHash): PersonHash {
  return hash.h === 0 && hash.l === 0 ? { h: 0, l: 1 } : hash;
}

function isEntry(words: Int32Array, at: number): boolean {
  return words[at] !== 0 || words[at + 1] !== 0;
}

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

const SEGMENTS = 256;
/** An entry: both halves of the hash, then the fields. */
const WORDS = 5;
const FIRST_SLOTS = 16;
/** 20 bytes an entry, at the emptiest 20 × 1.1 / 0.93: less than 24 bytes a person. */
const FULLEST = 0.93;
const GROWTH = 1.1;
/** A place is the number of a segment and, in so many bits, of a slot: more than a segment can reach. */
const SLOT_BITS = 22;
const SLOT = 2 ** SLOT_BITS - 1;
const HALF = 2 ** 32;

interface Segment {
  words: Uint32Array;
  slots: number;
  used: number;
}

/**
 * A table of people under their hashes with open addressing. It stands in segments that grow one by one and by little,
 * so that neither doubled space nor a long pause comes with the next person.
 */
export function createPersonTable(): PersonTable {
  const segments = Array.from({ length: SEGMENTS }, () => emptySegment(FIRST_SLOTS));
  let size = 0;

  function segmentAt(index: number): Segment {
    const segment = segments[index];
    if (!segment) {
      throw new Error("a person stands in no segment");
    }
    return segment;
  }

  return {
    enter(hash) {
      const { h, l } = present(hash);
      const index = h >>> 24;
      let segment = segmentAt(index);
      let slot = slotOf(segment, h, l);
      if (isEmpty(segment, slot)) {
        if (segment.used + 1 > segment.slots * FULLEST) {
          segment = grown(segment);
          segments[index] = segment;
          slot = slotOf(segment, h, l);
        }
        segment.words[slot * WORDS] = h;
        segment.words[slot * WORDS + 1] = l;
        segment.used += 1;
        size += 1;
      }
      return (index << SLOT_BITS) | slot;
    },
    find(hash) {
      const { h, l } = present(hash);
      const index = h >>> 24;
      const segment = segmentAt(index);
      const slot = slotOf(segment, h, l);
      return isEmpty(segment, slot) ? undefined : (index << SLOT_BITS) | slot;
    },
    get: (place, field) => segmentAt(place >>> SLOT_BITS).words[(place & SLOT) * WORDS + field] ?? 0,
    set(place, field, value) {
      segmentAt(place >>> SLOT_BITS).words[(place & SLOT) * WORDS + field] = value;
    },
    *places() {
      for (const [index, segment] of segments.entries()) {
        for (let slot = 0; slot < segment.slots; slot += 1) {
          if (!isEmpty(segment, slot)) {
            yield (index << SLOT_BITS) | slot;
          }
        }
      }
    },
    get size() {
      return size;
    },
    get bytes() {
      return segments.reduce((sum, { words }) => sum + words.byteLength, 0);
    },
  };
}

/** Two zeros are an empty slot. */
function present(hash: PersonHash): PersonHash {
  return hash.h === 0 && hash.l === 0 ? { h: 0, l: 1 } : hash;
}

function emptySegment(slots: number): Segment {
  return { words: new Uint32Array(slots * WORDS), slots, used: 0 };
}

function isEmpty({ words }: Segment, slot: number): boolean {
  return words[slot * WORDS] === 0 && words[slot * WORDS + 1] === 0;
}

/** Where the hash stands, or the empty slot where it belongs; a segment is never full. */
function slotOf({ words, slots }: Segment, h: number, l: number): number {
  let slot = Math.floor((l / HALF) * slots);
  let word = slot * WORDS;
  while ((words[word] !== h || words[word + 1] !== l) && (words[word] !== 0 || words[word + 1] !== 0)) {
    slot = slot + 1 === slots ? 0 : slot + 1;
    word = slot * WORDS;
  }
  return slot;
}

function grown(from: Segment): Segment {
  const to = emptySegment(Math.ceil(from.slots * GROWTH));
  for (let word = 0; word < from.words.length; word += WORDS) {
    const h = from.words[word] ?? 0;
    const l = from.words[word + 1] ?? 0;
    if (h !== 0 || l !== 0) {
      const target = slotOf(to, h, l) * WORDS;
      for (let offset = 0; offset < WORDS; offset += 1) {
        to.words[target + offset] = from.words[word + offset] ?? 0;
      }
    }
  }
  to.used = from.used;
  return to;
}

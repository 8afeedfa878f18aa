import {
  PERIODS,
  type Period,
  type PersonAttempt,
  type PersonIndex,
  type TouchedPeople,
} from "../ports/usage.ts";
import { isPhone } from "../reference/phones.ts";
import { beginOf, endOfHour } from "./periods.ts";
import { createPersonChains } from "./person-chains.ts";
import { personHasher } from "./person-hash.ts";
import { createPersonKinds } from "./person-kinds.ts";
import { createPersonTable, FIELDS, type PersonField, type PersonTable } from "./person-table.ts";
import { type Chain, countTouched } from "./touched.ts";

/** 24 MiB of pairs; a tenant of 1,000,000 people has a few hundred thousand, unless an attacker makes more up. */
const MOST_PAIRS = 2 ** 21;

/** The last success with the first two features; Graph knows no others, and one that is new goes into the chain. */
const SUCCESSES: readonly PersonField[] = [FIELDS.firstSuccess, FIELDS.secondSuccess];

/** Beside the link to the chain: in how many of the periods, from the longest on, a phone was used. */
const PHONE_BITS = 2;
const PHONE = 2 ** PHONE_BITS - 1;

/** What the index takes: at most 24 bytes for a person, and 12 for a pair of a person and a kind of failure. */
export interface IndexSize {
  readonly people: number;
  readonly peopleBytes: number;
  readonly pairs: number;
  readonly pairBytes: number;
}

export interface MeasuredIndex extends PersonIndex {
  size(): IndexSize;
}

/**
 * Knows people within one collection by a keyed hash of their user principal name, which is hashed at once. Of each
 * person it keeps when they last succeeded with each feature, when they last failed of each feature, method and reason,
 * and the shortest period in which they succeeded with a phone: so the order of events does not matter. It takes at most
 * 24 bytes for a person (once there are thousands) and 12 for each pair of a person and a kind of failure, whatever the
 * number of tries. An account that was renamed within 30 days counts as two people.
 * @param readAt when the reading of events begins, since the periods end there
 * @param key 16 random bytes of this collection, to be kept nowhere
 * @param mostPairs beyond so many pairs of a person and a kind of failure people are no longer counted
 */
export function createPersonIndex(readAt: Date, key: Uint8Array, mostPairs = MOST_PAIRS): MeasuredIndex {
  const hashOf = personHasher(key);
  const kinds = createPersonKinds();
  const begin = beginOf("D30", readAt);
  const end = endOfHour(readAt);
  /** In milliseconds from the longest period on, where 0 means never: 30 days and an hour fit into 32 bits. */
  const begins = { D1: timeOf(beginOf("D1", readAt)), D7: timeOf(beginOf("D7", readAt)), D30: timeOf(begin) };
  const features: string[] = [];
  const phones = new Map<string, boolean>();
  let table = createPersonTable();
  let chains = createPersonChains();
  let isTooMuch = false;
  let nameless = 0;
  let namelessPhones = 0;
  let touched: Readonly<Record<Period, TouchedPeople>> | undefined;

  function timeOf(at: number): number {
    return at - begin + 1;
  }

  function isPhoneMethod(method: string): boolean {
    const known = phones.get(method) ?? isPhone(method);
    if (!phones.has(method)) {
      phones.set(method, known);
    }
    return known;
  }

  function slotOf(feature: string): PersonField | undefined {
    const index = features.indexOf(feature);
    return SUCCESSES[index < 0 ? features.push(feature) - 1 : index];
  }

  function remember(place: number, kind: number, time: number): void {
    const word = table.get(place, FIELDS.link);
    const link = chains.remember(word >>> PHONE_BITS, kind, time);
    table.set(place, FIELDS.link, (link << PHONE_BITS) | (word & PHONE));
  }

  function succeeded(place: number, { feature, method }: PersonAttempt, time: number): void {
    const slot = slotOf(feature);
    if (slot) {
      table.set(place, slot, Math.max(time, table.get(place, slot)));
    } else {
      remember(place, kinds.success(feature), time);
    }
    if (isPhoneMethod(method)) {
      const word = table.get(place, FIELDS.link);
      const before = word & PHONE;
      const periods = 1 + Number(time >= begins.D7) + Number(time >= begins.D1);
      table.set(place, FIELDS.link, word - before + Math.max(before, periods));
    }
  }

  function giveUp(): void {
    isTooMuch = true;
    table = createPersonTable();
    chains = createPersonChains();
  }

  function* people(): Iterable<Chain> {
    for (const place of table.places()) {
      const link = table.get(place, FIELDS.link) >>> PHONE_BITS;
      if (link > 0) {
        yield { entries: chains.of(link), lastSuccess: (feature) => lastSuccess(table, place, feature) };
      }
    }
  }

  function lastSuccess(from: PersonTable, place: number, feature: string): number {
    const slot = SUCCESSES[features.indexOf(feature)];
    return slot ? from.get(place, slot) : 0;
  }

  function usedPhone(userPrincipalName: string): readonly Period[] {
    const place = table.find(hashOf(userPrincipalName));
    const periods = place === undefined ? 0 : table.get(place, FIELDS.link) & PHONE;
    return PERIODS.slice(PERIODS.length - periods);
  }

  return {
    readAt,
    add(userPrincipalName, attempt, date) {
      const at = date.getTime();
      if (isTooMuch || at < begin || at >= end) {
        return;
      }
      if (userPrincipalName === "") {
        nameless += 1;
        namelessPhones += Number(attempt.isSuccess && isPhoneMethod(attempt.method));
        return;
      }
      const place = table.enter(hashOf(userPrincipalName));
      if (attempt.isSuccess) {
        succeeded(place, attempt, timeOf(at));
      } else {
        remember(place, kinds.failure(attempt), timeOf(at));
      }
      if (chains.size > mostPairs) {
        giveUp();
      }
    },
    complete() {
      touched = isTooMuch ? undefined : countTouched(people(), kinds, begins);
    },
    touched: (period) => touched?.[period],
    phoneUse: () => (touched && namelessPhones === 0 ? usedPhone : undefined),
    notes: () => [
      ...(isTooMuch ? [{ kind: "people-not-counted" as const }] : []),
      ...(nameless > 0 && !isTooMuch ? [{ kind: "tries-without-a-person" as const, count: nameless }] : []),
    ],
    size: () => ({
      people: table.size,
      peopleBytes: table.bytes,
      pairs: chains.size,
      pairBytes: chains.bytes,
    }),
  };
}

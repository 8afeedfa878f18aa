import type { RawRow } from "../../graph/raw-pages.ts";
import type { Names } from "./names.ts";

/** Properties whose values are members of an enumeration, or lists of them; every other value stays unread. */
const ENUMERATIONS = new Set([
  "feature",
  "authMethod",
  "authMethods",
  "authenticationMethod",
  "defaultMethod",
  "defaultMfaMethod",
  "methodsRegistered",
  "registrationStatus",
  "systemPreferredAuthenticationMethods",
  "userPreferredMethodForSecondaryAuthentication",
  "userRegistrationStatus",
  "userRoles",
  "userType",
  "userTypes",
]);
const TIMES = /DateTime$/;
const REASON = "failureReason";

/** A member of an enumeration has this form; anything else is not told. */
const MEMBER = /^[A-Za-z][A-Za-z0-9]{0,59}$/;
const OTHER = "(of another form)";
const MOST_VALUES = 100;
const MOST_TEXTS = 200;
const MORE = "(more)";

type Counts = Map<string, number>;

/** What many rows have in common. Nothing of it is about one person. */
export interface RowShape {
  readonly rows: number;
  /** JSON types of each property, lists and objects with what is in them. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Members of enumerations and truth values, with how many times in steps of ten. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** To the hour, in UTC; and how the times are written, with 0 for each digit. */
  readonly times: Readonly<Record<string, { oldest: string; newest: string; forms: readonly string[] }>>;
  /** Masked texts of failures, with how many times in steps of ten. */
  readonly failureTexts: Readonly<Record<string, string>>;
}

interface Times {
  oldest: number;
  newest: number;
  readonly forms: Set<string>;
}

/** Folds rows into their shape, one after the other, so that no row is kept. */
export function createRowFold(names: Names): { add(row: RawRow): void; shape(): RowShape } {
  let rows = 0;
  const keys = new Map<string, Set<string>>();
  const values = new Map<string, Counts>();
  const times = new Map<string, Times>();
  const texts: Counts = new Map();

  function addValue(name: string, value: unknown): void {
    const key = plainKey(name);
    if (typeof value === "boolean") {
      count(
        within(values, key, () => new Map()),
        String(value),
        MOST_VALUES,
      );
    } else if (typeof value === "string" && ENUMERATIONS.has(key)) {
      count(
        within(values, key, () => new Map()),
        MEMBER.test(value) ? value : OTHER,
        MOST_VALUES,
      );
    } else if (typeof value === "string" && TIMES.test(key)) {
      addTime(key, value);
    }
  }

  function addTime(key: string, text: string): void {
    const at = Date.parse(text);
    const seen = within(times, key, () => ({ oldest: at, newest: at, forms: new Set<string>() }));
    const form = text.replace(/\d/g, "0");
    seen.forms.add(/^[0TZ:.+-]{1,40}$/.test(form) ? form : OTHER);
    if (!Number.isNaN(at)) {
      seen.oldest = Number.isNaN(seen.oldest) ? at : Math.min(seen.oldest, at);
      seen.newest = Number.isNaN(seen.newest) ? at : Math.max(seen.newest, at);
    }
  }

  function visit(path: string, key: string, value: unknown): void {
    within(keys, path, () => new Set<string>()).add(typeOf(value));
    if (Array.isArray(value)) {
      for (const item of value) {
        visit(`${path}[]`, key, item);
      }
    } else if (typeof value === "object" && value !== null) {
      for (const [inner, each] of Object.entries(value)) {
        visit(`${path}.${plainKey(inner)}`, inner, each);
      }
    } else {
      addValue(key, value);
    }
  }

  return {
    add(row) {
      rows += 1;
      names.learn(row);
      for (const [key, value] of Object.entries(row)) {
        visit(plainKey(key), key, value);
      }
      const reason = row[REASON];
      if (typeof reason === "string" && reason !== "") {
        count(texts, names.mask(reason, row), MOST_TEXTS);
      }
    },
    shape: () => ({
      rows,
      keys: Object.fromEntries([...keys].map(([key, types]) => [key, [...types].sort()])),
      values: Object.fromEntries([...values].map(([key, counts]) => [key, inSteps(counts)])),
      times: Object.fromEntries([...times].map(([key, seen]) => [key, timesOf(seen)])),
      failureTexts: inSteps(texts),
    }),
  };
}

function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** Counts at most so many different ones; the others are counted together. */
function count(counts: Counts, value: string, most: number): void {
  const key = counts.has(value) || counts.size < most ? value : MORE;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** How many, in steps of ten: who is the only one with a method must not be seen. */
function inSteps(counts: Counts): Readonly<Record<string, string>> {
  const step = (times: number): string => {
    const above = 10 ** String(times).length;
    return times < 10 ? "1 to 9" : `${above / 10} to ${above - 1}`;
  };
  return Object.fromEntries([...counts].map(([value, times]) => [value, step(times)]));
}

function timesOf({ oldest, newest, forms }: Times): RowShape["times"][string] {
  return { oldest: toTheHour(oldest), newest: toTheHour(newest), forms: [...forms].sort() };
}

function toTheHour(at: number): string {
  return Number.isNaN(at) ? OTHER : new Date(at).toISOString().replace(/:\d\d:\d\d\.\d+Z$/, ":00Z");
}

function typeOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "list" : typeof value;
}

/** Names of properties are Microsoft's; what looks like none is not told. */
export function plainKey(key: string): string {
  return /^[@\w.]{1,80}$/.test(key) ? key : OTHER;
}

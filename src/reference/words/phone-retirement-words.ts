/** Texts of `phone retirement`. Registration says "phone", so nobody is said to use SMS or voice calls. */
export interface PhoneRetirementWords {
  readonly title: string;
  /** `people` are counted: "19,412 members". */
  readonly headline: (count: string, people: string, percent: string | undefined, change: string) => string;
  readonly notInApi: (reader: string) => string;
  readonly who: {
    readonly columns: Readonly<Record<"who" | "phoneOnly" | "share", string>>;
    readonly rows: Readonly<Record<"members" | "admins" | "guests" | "everyone", string>>;
    readonly phone: string;
    readonly admins: string;
    readonly guests: string;
  };
  readonly notUsed: string;
  /** The count that knows it is older. */
  readonly usedAsOf: (day: string) => string;
  readonly weeks: {
    readonly title: string;
    readonly chart: string;
    readonly legend: string;
    readonly columns: Readonly<Record<"phoneOnly" | "change", string>>;
    readonly up: (by: string) => string;
    readonly down: (by: string) => string;
    readonly same: string;
  };
  readonly pace: PaceWords;
  readonly tries: {
    readonly title: string;
    readonly sentence: (
      range: string,
      byPhone: string,
      all: string,
      percent: string | undefined,
      one: boolean,
    ) => string;
    readonly none: (range: string) => string;
    readonly notRead: string;
  };
  readonly dates: {
    readonly title: string;
    readonly left: (days: string, one: boolean) => string;
    readonly groups: string;
    readonly ownProvider: string;
    readonly none: string;
  };
}

/** What follows from the counts of whole weeks. */
export interface PaceWords {
  readonly few: (weeks: string, least: string) => string;
  readonly unclear: string;
  readonly rises: (perWeek: string, weeks: string) => string;
  readonly falls: (perWeek: string, weeks: string) => string;
  readonly left: (left: string, day: string) => string;
  readonly done: (day: string) => string;
  readonly tooFar: string;
  readonly how: string;
}

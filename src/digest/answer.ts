import type { Question } from "../language/question.ts";
import type { CollectionState } from "../ports/collections.ts";
import type { DeliveryState, DigestExtra, DigestNumbers, Schedule } from "../ports/digest.ts";
import type { Audience } from "../views/audience.ts";
import type { FormValues } from "../views/view.ts";

/** overview: the last seven days as of now · as-posted: a posted digest again, for one person. */
export type DigestKind = "weekly" | "extra" | "preview" | "overview" | "as-posted";

export interface DigestAnswer {
  readonly numbers: DigestNumbers;
  readonly kind: DigestKind;
  /** `now` is when it is posted or shown; for `as-posted`, when it was posted. Times are told in the place's zone. */
  readonly audience: Audience;
  /** Of an `overview`: what the collections say of its numbers. */
  readonly standing?: DigestStanding;
  /** When a digest that goes out late was due. */
  readonly due?: Date;
  /** What became of an `as-posted` one; "delivered" where it is not said. */
  readonly outcome?: DeliveryState;
  /** What the place chose; without it everything is shown. */
  readonly extras?: readonly DigestExtra[];
  readonly subscription?: DigestSubscription;
  /** Only the presser sees this view; Back returns to `base`. */
  readonly onlyYou?: boolean;
  readonly base?: Question;
  /** Of a preview: what the form held, so that Back shows it again. */
  readonly values?: FormValues;
}

/** Why there are no newer numbers, and when they are old. */
export interface DigestStanding {
  /** Milliseconds. */
  readonly oldAfter: number;
  readonly collections: readonly Pick<CollectionState, "name" | "last">[];
}

export interface DigestSubscription {
  readonly schedule: Schedule;
  readonly nextDue: Date;
  /** Absent where the name is not known: then nobody is named. */
  readonly setBy?: { readonly userId: string; readonly name: string };
}

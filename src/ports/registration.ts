import type { PeopleReading } from "./people.ts";

/**
 * What a digest prints of the people of the tenant: members, without the accounts that `leftOut` names. Digests keep
 * it as they printed it, so its fields never change their meaning. An absent figure is not in the API that was read.
 */
export interface RegistrationCounts {
  /** Everybody who is counted; the denominator of all figures but `capable`. */
  readonly people: number;
  /** In scope of self-service password reset (`isSsprEnabled`). */
  readonly inScope: number;
  /** In scope and registered with enough methods (`isSsprCapable`). */
  readonly capable: number;
  /** `isMfaRegistered`. */
  readonly mfaRegistered?: number;
  /** `isPasswordlessCapable`. */
  readonly passwordless: number;
  /** A phone is the only registered method that can be a second factor. */
  readonly phoneOnly?: number;
  readonly leftOut: {
    readonly guests: number;
    readonly serviceAccounts: number;
    /** Accounts of a type that is new at Microsoft, neither member nor guest; absent when there are none. */
    readonly otherTypes?: number;
    /** Members of the groups of `EXCLUDE_GROUP_IDS`; absent when there are none. */
    readonly excludedGroups?: number;
  };
}

/** The members of a reading; undefined where it does not know them, or lacks what every digest prints of them. */
export function registrationsOf({ scopes }: PeopleReading): RegistrationCounts | undefined {
  const { members, guests } = scopes;
  const { ssprEnabled, ssprCapable, passwordlessCapable } = members ?? {};
  if (
    !members ||
    ssprEnabled === undefined ||
    ssprCapable === undefined ||
    passwordlessCapable === undefined
  ) {
    return undefined;
  }
  const { people, mfaRegistered, phoneOnly, leftOut } = members;
  const { otherTypes, excludedGroups } = leftOut;
  return {
    people,
    inScope: ssprEnabled,
    capable: ssprCapable,
    ...(mfaRegistered !== undefined && { mfaRegistered }),
    passwordless: passwordlessCapable,
    ...(phoneOnly !== undefined && { phoneOnly }),
    leftOut: {
      // Where Graph counts by type itself it leaves out nobody but those whom it counts as guests.
      guests: leftOut.guests ?? guests?.people ?? 0,
      serviceAccounts: leftOut.serviceAccounts ?? 0,
      ...(otherTypes && { otherTypes }),
      ...(excludedGroups && { excludedGroups }),
    },
  };
}

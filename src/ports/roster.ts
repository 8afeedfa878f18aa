import type { UserId } from "../kernel/ids.ts";
import type { PlaceAddress } from "./digest.ts";

/** Who can read a place. */
export interface Readers {
  readonly people: number;
  readonly guests: number;
  /** Of another tenant than the one reported on, as in shared channels. */
  readonly fromElsewhere: number;
}

export interface Roster {
  /** Counts the members of a place, page by page. Rejects when Teams does not say. */
  readers(address: PlaceAddress): Promise<Readers>;
  /**
   * Whether the person is a member now, and of the tenant that is reported on. Rejects when Teams does not say.
   */
  isMember(address: PlaceAddress, userId: UserId): Promise<boolean>;
  /** The name of a member as Teams shows it now; undefined when the person is no member any more. */
  nameOf(address: PlaceAddress, userId: UserId): Promise<string | undefined>;
}

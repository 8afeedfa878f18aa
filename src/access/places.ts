import type { Permission } from "./permission.ts";

/** Where a question is asked; `groupChat` and `channel` are read by several people. */
export type AskedIn = "personal" | "groupChat" | "channel" | "terminal";

/**
 * here: the answer is given where it was asked · names-elsewhere: it may name people, so only a personal chat gets
 * it · privately: it is given in the asker's personal chat.
 */
export type PlaceRule = "here" | "names-elsewhere" | "privately";

interface Asked {
  readonly permission?: Permission;
  readonly where: "anywhere" | "personal";
  /** A digest belongs to its place, and somebody decided that its numbers are read there. */
  readonly ofPlace: boolean;
}

export function isShared(place: AskedIn): boolean {
  return place === "groupChat" || place === "channel";
}

/** Pure and total. `channelReports` says whether numbers may be shown where several people read them. */
export function placeRule(
  { permission, where, ofPlace }: Asked,
  place: AskedIn,
  channelReports: boolean,
): PlaceRule {
  if (!isShared(place)) {
    return "here";
  }
  if (where === "personal") {
    return "names-elsewhere";
  }
  return permission === "reports" && !ofPlace && !channelReports ? "privately" : "here";
}

import type { PhoneRetirementWords } from "../phone-retirement-words.ts";

export const PHONE_RETIREMENT: PhoneRetirementWords = {
  title: "Phone retirement",
  headline: (count, people, percent, change) =>
    `A phone is the only second method of ${count} of ${people}` +
    `${percent === undefined ? "" : ` (${percent})`}${change}.`,
  notInApi: (reader) => `Who has only a phone is not in this API (${reader}).`,
  who: {
    columns: { who: "Who", phoneOnly: "Phone only", share: "Share" },
    rows: {
      members: "Members",
      admins: "Of them administrators",
      guests: "Guests",
      everyone: "Everyone",
    },
    phone:
      "Registration says “phone”: whether somebody gets text messages, calls, or neither is not in it. Phone only: of the " +
      "registered methods that can be a second factor, all are phones.",
    admins:
      "Administrators are those of any role; the report does not tell who of them is a Global Administrator.",
    guests: "External users are counted by their type, guest.",
  },
  notUsed:
    "How many people with a stronger method used a phone is not known: that needs single events, read together with " +
    "the registrations.",
  usedAsOf: (day) => `As counted on ${day}.`,
  weeks: {
    title: "Phone only, by week",
    chart: "Phone is the only second method",
    legend: "Phone only",
    columns: { phoneOnly: "Phone only", change: "Change" },
    up: (by) => `up ${by}`,
    down: (by) => `down ${by}`,
    same: "unchanged",
  },
  pace: {
    few: (weeks, least) => `Too few whole weeks are counted for a pace: ${weeks} of ${least}.`,
    unclear: "No clear change from week to week, so there is no pace to reckon with.",
    rises: (perWeek, weeks) => `Over ${weeks} whole weeks it grew by about ${perWeek} a week.`,
    falls: (perWeek, weeks) => `Over ${weeks} whole weeks it fell by about ${perWeek} a week.`,
    left: (left, day) => `Plain arithmetic: at this pace ${left} would be left on ${day}.`,
    done: (day) => `Plain arithmetic: at this pace it would be done by ${day}.`,
    tooFar: "At this pace it would take more than a year; that far nothing is reckoned.",
    how:
      "A pace is told only where the weekly changes lie clearly beyond their own ups and downs. It is no " +
      "prediction.",
  },
  tries: {
    title: "Password resets by phone",
    sentence: (range, byPhone, all, percent, one) =>
      `Password resets by phone, ${range}: ${byPhone} of ${all} ${one ? "try" : "tries"}${percent === undefined ? "" : ` (${percent})`}.`,
    none: (range) => `Password resets by phone, ${range}: none, as there were no tries at all.`,
    notRead: "Tries are not read yet: “sspr usage” reads them.",
  },
  dates: {
    title: "Microsoft's dates",
    left: (days, one) => `${days} ${one ? "is" : "are"} left.`,
    groups: "The first date is for most people, the later one for Global Administrators and external users.",
    ownProvider:
      "No date stands here: this tenant has its own telephony provider (PHONE_PROVIDER=own), and Microsoft ends its own " +
      "delivery alone.",
    none: "Microsoft announced no date for this cloud.",
  },
};

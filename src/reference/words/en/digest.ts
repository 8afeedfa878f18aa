import type { DigestWords } from "../digest-words.ts";

export const DIGEST: DigestWords = {
  title: (week) => `Adoption digest · week ${week}`,
  overview: "Overview",
  rolling: (range) => `Rolling 7 days: ${range}`,
  details: (week) => `Details · week ${week}`,
  spans: {
    week: { name: (week) => `Week ${week}`, before: "the week before", within: "this week" },
    days: { name: () => "Last 7 days", before: "the 7 days before", within: "in the last 7 days" },
  },
  news: {
    less: (percent, was, before) => `Resets worked less often: ${percent} of tries (${was} ${before}).`,
    more: (percent, was, before) => `Resets worked more often: ${percent} of tries (${was} ${before}).`,
    same: (percent, was, before) => `Resets: no clear change. ${percent} of tries worked (${was} ${before}).`,
    alone: (percent) => `Resets: ${percent} of tries worked.`,
    few: (successes, tries, one) =>
      one
        ? `Resets: ${successes} of ${tries} try worked. That is too few to compare.`
        : `Resets: ${successes} of ${tries} tries worked. That is too few to compare.`,
    none: (within) => `No reset tries ${within}.`,
    noneWhy: "That can be real, or Microsoft does not collect reset data for this tenant.",
    where: (method, failures, tries, beforeFailures, beforeTries, before) =>
      `${method} is where: ${failures} of ${tries} tries failed, ${beforeFailures} of ${beforeTries} ${before}.`,
    beforeFew: (before) => `Too few tries ${before} to compare.`,
    beforeUnknown: (before) => `Nothing to compare with: not all of ${before} was read.`,
    partly: (within) => `Not all tries ${within} could be read, so nothing is compared.`,
    unread: "Reset tries could not be read.",
  },
  headline: {
    rate: (span, percent) => `${span}: ${percent} of reset tries worked.`,
    rateWas: (span, percent, was) => `${span}: ${percent} of reset tries worked (${was}).`,
    look: (method) => `Look at ${method}.`,
    few: (span, successes, tries, one) =>
      `${span}: ${successes} of ${tries} reset ${one ? "try" : "tries"} worked.`,
    none: (span) => `${span}: no reset tries.`,
    people: (span, capable, inScope) =>
      `${span}: ${capable} of ${inScope} people in scope can reset themselves.`,
    nobody: (span) => `${span}: nobody is counted yet.`,
  },
  table: {
    all: "All",
    was: (percent) => `was ${percent}`,
    wasAndIs: (printed, now) => `was ${printed} (${now} with later data)`,
  },
  people: {
    title: "People",
    capable: "Can reset themselves",
    mfa: "MFA registered",
    passwordless: "Passwordless ready",
    phoneOnly: "Phone is the only second method",
    of: (count, whole) => `${count} of ${whole}`,
    ofInScope: (count, whole) => `${count} of ${whole} in scope`,
    nobodyInScope: "nobody is in scope",
    notInApi: "not in this API",
    up: (by) => `up ${by}`,
    down: (by) => `down ${by}`,
    unchanged: "unchanged",
    joined: (parts) => parts.join(" · "),
    first: "First count, change from next week.",
    since: (week) => `Up and down: since the digest of week ${week}.`,
    nobody: "Nobody is counted yet.",
    unread: "People could not be counted.",
  },
  reasons: { title: "Why resets failed", others: "others" },
  advice: {
    reminder:
      "A text to send: “If you forget your password, you can set a new one yourself. Please add your " +
      "methods once at https://aka.ms/mysecurityinfo (it takes two minutes).”",
  },
  notices: {
    late: (due) => `This digest is late: it was due ${due}.`,
    missed: (weeks) =>
      weeks.length === 1
        ? `The digest of week ${weeks[0]} was missed. Ask “digest” for why.`
        : `The digests of weeks ${weeks.slice(0, -1).join(", ")} and ${weeks.at(-1)} were missed. Ask “digest” for why.`,
    extra: "An extra that somebody asked for, beside the weekly digest.",
    preview: "A preview: nothing was posted.",
    asPosted: (at) => `As posted ${at}.`,
    old: {
      usage: (at) => `Reset tries are as Microsoft Graph gave them ${at}; nothing newer is stored.`,
      people: (at) => `People were counted ${at}; nothing newer is stored.`,
    },
    failed: (at, title, code) => `Reading newer numbers failed ${at}: ${title} (${code}).`,
    noNumbers: (span) => `${span}: there are no numbers yet`,
    noNumbersWhy:
      "Microsoft Graph gave no numbers, and no older ones are stored. This is not a zero. Ask “digest” " +
      "for the state, or “sspr usage” to try again.",
  },
  footer: {
    counted: (people, leftOut) => `Counted: ${people} members; ${leftOut} accounts left out.`,
    tries: "Reset tries: all accounts.",
    complete: "Complete to Sunday 24:00.",
    mayGrow: "The end of the week may still grow.",
    sofar: (read) => `Read ${read}; the last 36 hours may still grow.`,
  },
  schedule: {
    every: (day, time, zone) => `Every ${day} ${time} (${zone}).`,
    next: (day) => `Next: ${day}.`,
    setBy: "Set up by",
    withName: (before, name) => `${before} ${name}.`,
    run: (day, time, zone, utc) => `${day}, ${time} ${zone}${inUtc(utc)}`,
    laterRun: (day, time, utc) => `${day}, ${time}${inUtc(utc)}`,
    nextRun: (run) => `Next: ${run}`,
    first: (run) => `First: ${run}`,
    later: (run) => `Then: ${run}`,
    and: (one, other) => `${one} and ${other}`,
    clocks: (from, to, time, utc) =>
      `The clocks change between ${from} and ${to}: ${time} there is ${utc} UTC from then on.`,
  },
  form: {
    title: "Weekly adoption digest",
    headline: "Choose when the weekly adoption digest is posted here.",
    readers: (people, guests, foreign, one) =>
      [
        one ? `${people} person can read it` : `${people} people can read it`,
        ...(guests === undefined ? [] : [guests === "1" ? "1 of them a guest" : `${guests} of them guests`]),
        ...(foreign === undefined ? [] : [`${foreign} of another organization`]),
      ].join(", "),
    inPlace: (place, readers) => `${place} · ${readers}`,
    guests: (count, one) => (one ? `${count} guest` : `${count} guests`),
    foreign: (count, one) =>
      one ? `${count} person of another organization` : `${count} people of another organization`,
    many: (people) => `${people} people`,
    willSee: (who) => `${who.join(" and ")} will see these numbers.`,
    day: "Day",
    time: "Time",
    zone: "Time zone",
    zoneNow: (zone, offset) => `${zone}, now ${offset}`,
    otherZone: "Another time zone",
    otherZoneExample: "Asia/Kolkata",
    extras: "Also show",
    extra: { advice: "What to do this week" },
    isPaused: "It is paused. Saving does not start it again: “digest resume” does.",
    lag:
      "Microsoft's numbers arrive up to 36 hours late. Tuesday 13:00 is the first hour at which the whole " +
      "Monday–Sunday week is in.",
    problems: {
      day: "Please choose a day from the list.",
      time: "Please choose a time from the list.",
      zone: "No time zone is called that. Names look like Europe/Berlin.",
    },
  },
  status: {
    title: "Weekly digest of this place",
    setUp: (place) => `The digest is set up for ${place}`,
    setUpHere: "The digest is set up here",
    about: "A new post each week, about Monday–Sunday.",
    setBy: (name) => `Set up by ${name}; anyone who may manage digests can change it.`,
    anyone: "Anyone who may manage digests can change it.",
    none: "There is no digest here",
    noneHow: "Press Subscribe, or ask “digest subscribe”, to have one every week.",
    state: "State",
    scheduled: "Schedule",
    states: { active: "Active", paused: "Paused until somebody resumes it", suspended: "Suspended" },
    pausedUntil: (day) => `Paused until ${day}`,
    suspended: {
      removed: "Suspended: AuthPulse was removed here. It goes on when AuthPulse is added again.",
      blocked: "Suspended: AuthPulse is blocked here. It goes on when AuthPulse is added again.",
      gone: "Suspended: Teams no longer knows this conversation. Subscribe again where it should go.",
    },
    deliveries: "Last deliveries",
    noDeliveries: "Nothing was posted yet.",
    week: (week) => `Week ${week}`,
    extraOf: (week) => `Week ${week}, extra`,
    outcome: (outcome, at) => `${outcome} ${at}`,
    outcomes: {
      due: "To be tried again, after a try",
      claimed: "Being prepared since",
      posting: "Being posted since",
      delivered: "Posted",
      failed: "Failed",
      unknown: "Not known,",
      missed: "Missed, due",
    },
    because: (outcome, reason) => `${outcome} · ${reason}`,
    dueWhat: "To be tried again: it could not be posted yet. AuthPulse makes up to five tries by itself.",
    unknownWhat:
      "Not known: no answer of Teams came for the post, so it may or may not be here. It is never " +
      "posted twice. If it is missing, ask “digest send”.",
    missedWhat:
      "Missed: AuthPulse was not running for too long after the hour. Ask “digest send” for an extra.",
    failedWhat: "Failed: Teams did not take the post. Ask “digest send” for an extra once that is solved.",
    notPosted: (week) => `Nothing was posted here for week ${week}.`,
    removed: "The digest is removed",
    removedHow: "Nothing more is posted here. “digest subscribe” sets it up again.",
    paused: "The digest is paused",
    pausedHow: "“digest resume” starts it again.",
    resumed: "The digest goes on",
  },
  all: {
    title: "All digests",
    places: (count, one) => (one ? "1 place has a digest." : `${count} places have a digest.`),
    attention: (count) => `${count} of them need a look.`,
    fine: "Nothing needs a look.",
    none: "No place has a digest.",
    columns: { place: "Place", state: "State", last: "Last", next: "Next run" },
    kinds: { personal: "Personal chat", groupChat: "Group chat", channel: "Channel" },
    place: (kind, id) => `${kind} …${id}`,
    states: { active: "Active", paused: "Paused", suspended: "Suspended" },
    late: (by) => `Late by ${by}`,
    minutes: (count) => `${count} min`,
    hours: (count) => `${count} h`,
    days: (count) => `${count} d`,
    never: "None yet",
    noNext: "–",
    last: (week, outcome) => `Week ${week}: ${outcome}`,
    outcomes: {
      due: "to be tried again",
      claimed: "being prepared",
      posting: "being posted",
      delivered: "posted",
      failed: "failed",
      unknown: "not known",
      missed: "missed",
    },
    unreadable: (count, one) =>
      one
        ? "1 stored digest cannot be read: it is damaged, or another version wrote it."
        : `${count} stored digests cannot be read: they are damaged, or another version wrote them.`,
    more: (count) => `and ${count} more`,
    idsRemark:
      "AuthPulse keeps no names of places: each is told by the end of its conversation's id. Those that need a " +
      "look come first. In the place itself, “digest” says more.",
    footer: (at) => `As stored ${at}.`,
  },
  buttons: {
    details: "Details",
    manage: "Manage",
    subscribe: "Subscribe",
    save: "Save",
    subscribeAnyway: "Subscribe anyway",
    preview: "Preview",
    cancel: "Cancel",
    postNow: "Post one now",
    postAgain: "Post it again",
    change: "Change",
    resume: "Resume",
    remove: "Remove",
  },
  teamsOnly: "A digest belongs to a place in Teams",
  teamsOnlyHow: "Ask for it in a channel, a group chat or a personal chat with AuthPulse.",
  previewHere: "The digest as it would be posted now",
  previewHow: "Press Preview: only you will see it, and nothing is posted.",
  backToWeek: (week) => `Back to week ${week}`,
  onlyYouToday: (time) => `${time.charAt(0).toUpperCase()}${time.slice(1)} · only you see this`,
};

function inUtc(time: string | undefined): string {
  return time === undefined ? "" : ` (${time} UTC)`;
}

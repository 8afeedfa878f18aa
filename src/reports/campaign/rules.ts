import type { RegistrationCounts } from "../../ports/registration.ts";
import type { CampaignId } from "../../reference/campaigns.ts";
import type { ReasonGroup } from "../../reference/reasons.ts";
import { ENOUGH_TRIES, type Outcomes, triesOf as triesIn } from "../usage/worst-method.ts";

/** Reset tries that failed of a group of reasons; `people` is absent where nobody could tell people apart. */
export interface FailedOf {
  readonly group: string;
  readonly tries: number;
  readonly people?: number;
}

/** What suggestions are made from. An absent part is not known; it is never zero. */
export interface CampaignFigures {
  /** Members. */
  readonly people?: Pick<RegistrationCounts, "people" | "inScope" | "capable" | "phoneOnly">;
  /** Reset tries of `days` days by what they failed of. */
  readonly resets?: {
    readonly days: 7 | 30;
    readonly tries: number;
    readonly failures: readonly FailedOf[];
  };
  /** Password resets of seven days by who made them. */
  readonly byWhom?: { readonly selfService: number; readonly byAdmins: number };
  /** Resets that clearly work less often than before; `method` is the label of the one behind it, where that is clear. */
  readonly worse?: { readonly method?: string; readonly now: Outcomes; readonly before: Outcomes };
}

/** The figures that speak for a campaign. */
export type Evidence =
  | { readonly kind: "people"; readonly people: number; readonly of: number }
  | {
      readonly kind: "tries";
      readonly tries: number;
      readonly of: number;
      readonly days: 7 | 30;
      readonly people?: number;
    }
  | { readonly kind: "admin-resets"; readonly byAdmins: number; readonly of: number }
  | ({ readonly kind: "worse" } & NonNullable<CampaignFigures["worse"]>);

export interface Campaign {
  readonly id: CampaignId;
  readonly evidence: Evidence;
}

/** stuck: people who cannot do something, or for whom it fails · safer: people who can, with a weak method. */
type Helps = "stuck" | "safer";

interface Rule {
  readonly id: CampaignId;
  readonly helps: Helps;
  readonly evidence: (figures: CampaignFigures) => Evidence | undefined;
}

interface Found extends Campaign {
  readonly helps: Helps;
}

/** A smaller share of the whole than this is no task for a week. */
const WORTH_A_WEEK = 0.05;
/** From this share of all resets on, administrators do what people could do themselves. */
const MANY_BY_ADMINS = 0.25;

/**
 * Every campaign with the figures that speak for it. Thresholds are our own; what a group of reasons means, and so which
 * campaign answers it, comes from the sources of `reference/reasons.ts`, and the page of each stands in
 * `reference/campaigns.ts`. Nothing suggests SMS or voice: Microsoft retires both (concept-sms-voice-retirement in the
 * documentation of Microsoft Entra). Where two help equally many people, the one further up comes first.
 */
export const CAMPAIGN_RULES: readonly Rule[] = [
  {
    id: "registration-drive",
    helps: "stuck",
    evidence: ({ people }) => people && group(people.inScope - people.capable, people.inScope),
  },
  { id: "writeback", helps: "stuck", evidence: failing("on-premises") },
  { id: "scope", helps: "stuck", evidence: failing("policy") },
  { id: "licence", helps: "stuck", evidence: failing("licence") },
  { id: "second-method", helps: "stuck", evidence: failing("set-up") },
  { id: "password-rules", helps: "stuck", evidence: failing("password") },
  {
    id: "helpdesk",
    helps: "stuck",
    evidence: (figures) => failing("contacted-admin")(figures) ?? adminResets(figures),
  },
  // Few people with many blocked tries are the picture of an attack, so their number does not matter.
  { id: "blocked", helps: "stuck", evidence: (figures) => triesOf("too-many-tries", figures) },
  { id: "worse", helps: "stuck", evidence: ({ worse }) => worse && { kind: "worse", ...worse } },
  {
    id: "passkey",
    helps: "safer",
    evidence: ({ people }) =>
      people?.phoneOnly === undefined ? undefined : group(people.phoneOnly, people.people),
  },
];

/**
 * What would help, the most helpful first: what has stopped working for no reason that is known, then what is missing or
 * fails before what is merely weak, then by the number of people, and last those whose people nobody has counted. None is
 * suggested below 20 people or tries, nor below a twentieth of the whole.
 */
export function campaignsFor(figures: CampaignFigures): readonly Campaign[] {
  const found = CAMPAIGN_RULES.flatMap(({ id, helps, evidence }) => {
    const some = evidence(figures);
    return some ? [{ id, helps, evidence: some }] : [];
  });
  return found
    .toSorted(
      (one, other) =>
        urgencyOf(one, found) - urgencyOf(other, found) ||
        (peopleOf(other.evidence) ?? -1) - (peopleOf(one.evidence) ?? -1),
    )
    .map(({ id, evidence }) => ({ id, evidence }));
}

/** The less, the sooner. */
function urgencyOf({ helps, evidence }: Found, all: readonly Found[]): number {
  const isOutage = evidence.kind === "worse" && hasStopped(evidence) && !isExplained(evidence.now, all);
  return isOutage ? 0 : helps === "stuck" ? 1 : 2;
}

/** Of as many tries not half as many work as before: no other campaign helps while that lasts. */
function hasStopped({ now, before }: NonNullable<CampaignFigures["worse"]>): boolean {
  return 2 * now.successes * triesIn(before) < before.successes * triesIn(now);
}

/** Half of what fails now is of a reason with a campaign of its own, which says more than that it fails. */
function isExplained({ failures }: Outcomes, all: readonly Found[]): boolean {
  return all.some(({ evidence }) => evidence.kind === "tries" && 2 * evidence.tries >= failures);
}

/** Whether enough is known to say that nothing is urgent where no rule speaks. */
export function isKnown({ people, resets }: CampaignFigures): boolean {
  return (
    people !== undefined &&
    people.people > 0 &&
    people.phoneOnly !== undefined &&
    resets !== undefined &&
    (people.inScope > 0 || resets.tries > 0)
  );
}

/** How many people a campaign is for, where that is known. */
function peopleOf(evidence: Evidence): number | undefined {
  return "people" in evidence ? evidence.people : undefined;
}

function group(people: number, of: number): Evidence | undefined {
  return isWorthAWeek(people, of) ? { kind: "people", people, of } : undefined;
}

/** Tries that failed of something, of at least twenty people where people could be counted. */
function failing(reasons: ReasonGroup): Rule["evidence"] {
  return (figures) => {
    const found = triesOf(reasons, figures);
    return found && (peopleOf(found) ?? ENOUGH_TRIES) >= ENOUGH_TRIES ? found : undefined;
  };
}

function triesOf(reasons: ReasonGroup, { resets }: CampaignFigures): Evidence | undefined {
  const failed = resets?.failures.find((one) => one.group === reasons);
  if (!resets || !failed || !isWorthAWeek(failed.tries, resets.tries)) {
    return undefined;
  }
  const { tries, people } = failed;
  return {
    kind: "tries",
    ...{ tries, of: resets.tries, days: resets.days },
    ...(people !== undefined && { people }),
  };
}

function adminResets({ byWhom }: CampaignFigures): Evidence | undefined {
  const { byAdmins = 0, selfService = 0 } = byWhom ?? {};
  const of = byAdmins + selfService;
  return byAdmins >= ENOUGH_TRIES && byAdmins >= MANY_BY_ADMINS * of
    ? { kind: "admin-resets", byAdmins, of }
    : undefined;
}

function isWorthAWeek(count: number, whole: number): boolean {
  return count >= ENOUGH_TRIES && count >= WORTH_A_WEEK * whole;
}

import {
  type FailingPerson,
  LEFT_OUT_RULES,
  type LeftOutRule,
  PEOPLE_FIGURES,
  type PeopleCounts,
  type PeopleFigure,
  type PeopleScope,
  type ReportedPerson,
} from "../ports/people.ts";
import type { UsageRow, UsageSum } from "../ports/usage.ts";
import type { Cell } from "./csv.ts";
import type { Table, Totals } from "./table.ts";

/** What the values are called on the cards; a value that nobody knows keeps its own word. */
export interface Labels {
  readonly method: (method: string) => string;
  readonly reason: (reason: string) => string;
  readonly leftOut: (rule: LeftOutRule) => string;
}

/** Tries by feature and method. Columns are named as Graph's credentialUsageSummary names them. */
export function usageTable(labels: Labels): Table<UsageRow> {
  return {
    report: "usage",
    columns: [
      { name: "feature", cell: ({ feature }) => feature },
      { name: "authMethod", cell: ({ method }) => method },
      { name: "authMethodLabel", cell: ({ method }) => labels.method(method) },
      { name: "successfulActivityCount", cell: ({ successes }) => successes },
      { name: "failureActivityCount", cell: ({ failures }) => failures },
    ],
  };
}

/** Of each feature alone: tries of different features are never added up. */
export function usageTotals(features: readonly FeatureTries[]): Totals {
  return Object.fromEntries(
    features.flatMap(({ value, successes, failures }) => [
      [`${value}.successfulActivityCount`, successes],
      [`${value}.failureActivityCount`, failures],
    ]),
  );
}

/** Tries of one feature, in Graph's own word. */
interface FeatureTries {
  readonly value: string;
  readonly successes: number;
  readonly failures: number;
}

/**
 * Tries by feature, method, outcome and reason, named as in Graph's userEventsSummary. Successes have no reason, even
 * where Graph's own example has one. Reasons of failures are ids of AuthPulse, or Graph's text masked.
 */
export function failuresTable(labels: Labels): Table<UsageSum> {
  const reasonOf = ({ isSuccess, reason }: UsageSum) => (isSuccess ? "" : reason);
  return {
    report: "failures",
    columns: [
      { name: "feature", cell: ({ feature }) => feature },
      { name: "authMethod", cell: ({ method }) => method },
      { name: "authMethodLabel", cell: ({ method }) => labels.method(method) },
      { name: "isSuccess", cell: ({ isSuccess }) => isSuccess },
      { name: "failureReason", cell: reasonOf },
      { name: "failureReasonLabel", cell: (tries) => reasonLabel(reasonOf(tries), labels) },
      { name: "count", cell: ({ count }) => count },
    ],
  };
}

/** One figure about the people of one scope. */
export interface RegistrationFigure {
  readonly scope: PeopleScope;
  readonly figure: PeopleFigure | "people" | "methodsRegistered" | "leftOut";
  /** The method or the rule; "" where the figure has none. */
  readonly value: string;
  readonly label: string;
  /** Absent where the API that was read does not have it; never zero for that. */
  readonly count?: Cell;
  /** The denominator. */
  readonly people: Cell;
}

/** A line for each figure, registered method and rule that left somebody out; absent figures say so. */
export const REGISTRATION_TABLE: Table<RegistrationFigure> = {
  report: "registration",
  columns: [
    { name: "scope", cell: ({ scope }) => scope },
    { name: "figure", cell: ({ figure }) => figure },
    { name: "value", cell: ({ value }) => value },
    { name: "valueLabel", cell: ({ label }) => label },
    { name: "isInApi", cell: ({ count }) => count !== undefined },
    { name: "count", cell: ({ count }) => count },
    { name: "totalUserCount", cell: ({ people }) => people },
  ],
};

/** A count of people as it may be told: small ones are not told exactly, here as on the cards. */
type Tell = (people: number) => Cell;

export function registrationFigures(
  scope: PeopleScope,
  counts: PeopleCounts,
  labels: Labels,
  tell: Tell = (people) => people,
): readonly RegistrationFigure[] {
  const { methods } = counts;
  const people = tell(counts.people);
  const plain = { scope, people, value: "", label: "" };
  return [
    { ...plain, figure: "people", count: people },
    ...PEOPLE_FIGURES.map((figure) => ({ ...plain, figure, ...counted(counts[figure], tell) })),
    ...(methods ? [] : [{ ...plain, figure: "methodsRegistered" as const }]),
    ...Object.entries(methods ?? {}).map(([value, count]) => ({
      ...plain,
      figure: "methodsRegistered" as const,
      value,
      label: labels.method(value),
      count: tell(count),
    })),
    ...leftOutTold(counts, tell).map(([value, count]) => ({
      ...plain,
      figure: "leftOut" as const,
      value,
      label: labels.leftOut(value),
      count,
    })),
  ];
}

/** As on the card: beside few people who are counted, those who are not stay untold. */
function leftOutTold(
  { people, leftOut }: Pick<PeopleCounts, "people" | "leftOut">,
  tell: Tell,
): readonly (readonly [LeftOutRule, Cell])[] {
  const isOfPeople = (rule: LeftOutRule): boolean => rule !== "serviceAccounts" && rule !== "excludedGroups";
  return leftOutEntries(leftOut)
    .filter(([rule]) => !isOfPeople(rule) || tell(people) === people)
    .map(([rule, count]) => [rule, isOfPeople(rule) ? tell(count) : count]);
}

/** People counted, and accounts that were left out under each rule. */
export function peopleTotals(
  counts: Pick<PeopleCounts, "people" | "leftOut">,
  tell: Tell = (count) => count,
): Totals {
  const rules = leftOutTold(counts, tell).map(([rule, count]) => [`leftOut.${rule}`, count] as const);
  return { people: tell(counts.people), ...Object.fromEntries(rules) };
}

/** A line for each person, named as in Graph's userRegistrationDetails; what the API does not tell stays empty. */
export function peopleTable(labels: Labels): Table<ReportedPerson> {
  return {
    report: "people",
    columns: [
      { name: "id", cell: ({ id }) => id },
      { name: "userDisplayName", cell: ({ name }) => name },
      { name: "userPrincipalName", cell: ({ userPrincipalName }) => userPrincipalName },
      { name: "userType", cell: ({ userType }) => userType },
      { name: "isAdmin", cell: ({ isAdmin }) => isAdmin },
      { name: "isSsprRegistered", cell: ({ ssprRegistered }) => ssprRegistered },
      { name: "isSsprEnabled", cell: ({ ssprEnabled }) => ssprEnabled },
      { name: "isSsprCapable", cell: ({ ssprCapable }) => ssprCapable },
      { name: "isMfaRegistered", cell: ({ mfaRegistered }) => mfaRegistered },
      { name: "isMfaCapable", cell: ({ mfaCapable }) => mfaCapable },
      { name: "isPasswordlessCapable", cell: ({ passwordlessCapable }) => passwordlessCapable },
      { name: "isPhoneOnly", cell: ({ phoneOnly }) => phoneOnly },
      { name: "methodsRegistered", cell: ({ methods }) => methods?.join(", ") },
      { name: "methodsRegisteredLabels", cell: ({ methods }) => methods?.map(labels.method).join(", ") },
      { name: "lastUpdatedDateTime", cell: ({ rowUpdatedAt }) => rowUpdatedAt },
    ],
  };
}

/** A line for each person with failed tries, and what is known of the last one. */
export function failingTable(labels: Labels): Table<FailingPerson> {
  return {
    report: "people",
    columns: [
      { name: "userDisplayName", cell: ({ name }) => name },
      { name: "userPrincipalName", cell: ({ userPrincipalName }) => userPrincipalName },
      { name: "failureActivityCount", cell: ({ failures }) => failures },
      { name: "lastEventDateTime", cell: ({ lastAt }) => lastAt },
      { name: "lastFeature", cell: ({ feature }) => feature },
      { name: "lastAuthMethod", cell: ({ method }) => method },
      { name: "lastAuthMethodLabel", cell: ({ method }) => labels.method(method) },
      { name: "lastFailureReason", cell: ({ reason }) => reason },
      { name: "lastFailureReasonLabel", cell: ({ reason }) => reasonLabel(reason, labels) },
    ],
  };
}

/** Failures can come without a text, and successes never have one. */
function reasonLabel(reason: string, labels: Labels): string {
  return reason === "" ? "" : labels.reason(reason);
}

function leftOutEntries(leftOut: PeopleCounts["leftOut"]): readonly (readonly [LeftOutRule, number])[] {
  return LEFT_OUT_RULES.flatMap((rule) => {
    const count = leftOut[rule];
    return count === undefined ? [] : [[rule, count] as const];
  });
}

function counted(count: number | undefined, tell: Tell): { readonly count?: Cell } {
  return count === undefined ? {} : { count: tell(count) };
}

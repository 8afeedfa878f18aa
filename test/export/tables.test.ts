import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Table } from "../../src/export/table.ts";
import {
  failingTable,
  failuresTable,
  type Labels,
  peopleTable,
  peopleTotals,
  REGISTRATION_TABLE,
  registrationFigures,
  usageTable,
  usageTotals,
} from "../../src/export/tables.ts";
import type { PeopleCounts } from "../../src/ports/people.ts";

const LABELS: Labels = {
  method: (method) => `method ${method}`,
  reason: (reason) => `reason ${reason}`,
  leftOut: (rule) => `rule ${rule}`,
};

function namesOf<Record>({ columns }: Table<Record>): readonly string[] {
  return columns.map(({ name }) => name);
}

/** The cells of a record by the names of their columns. */
function lineOf<Record>({ columns }: Table<Record>, record: Record): object {
  return Object.fromEntries(columns.map(({ name, cell }) => [name, cell(record)]));
}

describe("the table of usage", () => {
  it("has Graph's names and words, and ours beside them", () => {
    const row = { feature: "reset", method: "email", successes: 7, failures: 2 };

    expect(lineOf(usageTable(LABELS), row)).toEqual({
      feature: "reset",
      authMethod: "email",
      authMethodLabel: "method email",
      successfulActivityCount: 7,
      failureActivityCount: 2,
    });
  });

  it("has totals of each feature alone, since features are never added up", () => {
    const features = [
      { value: "reset", successes: 7, failures: 2 },
      { value: "registration", successes: 1, failures: 0 },
    ];

    expect(usageTotals(features)).toEqual({
      "reset.successfulActivityCount": 7,
      "reset.failureActivityCount": 2,
      "registration.successfulActivityCount": 1,
      "registration.failureActivityCount": 0,
    });
  });
});

describe("the table of failures", () => {
  it("has the reason of a failure, as an id and in words", () => {
    const sum = { feature: "reset", method: "email", isSuccess: false, reason: "no-licence", count: 4 };

    expect(lineOf(failuresTable(LABELS), sum)).toEqual({
      feature: "reset",
      authMethod: "email",
      authMethodLabel: "method email",
      isSuccess: false,
      failureReason: "no-licence",
      failureReasonLabel: "reason no-licence",
      count: 4,
    });
  });

  it("never has a reason for a success", () => {
    fc.assert(
      fc.property(fc.string(), (reason) => {
        const sum = { feature: "reset", method: "email", isSuccess: true, reason, count: 1 };

        expect(lineOf(failuresTable(LABELS), sum)).toMatchObject({
          failureReason: "",
          failureReasonLabel: "",
        });
      }),
    );
  });
});

describe("the table of registration", () => {
  const counts: PeopleCounts = {
    people: 10,
    ssprRegistered: 6,
    mfaRegistered: 0,
    methods: { email: 3, fido: 2 },
    leftOut: { guests: 5 },
  };

  it("has a line for each figure, method and rule, with what it is a share of", () => {
    const lines = registrationFigures("members", counts, LABELS).map((figure) =>
      REGISTRATION_TABLE.columns.map(({ cell }) => cell(figure)),
    );

    expect(namesOf(REGISTRATION_TABLE)).toEqual([
      "scope",
      "figure",
      "value",
      "valueLabel",
      "isInApi",
      "count",
      "totalUserCount",
    ]);
    expect(lines).toEqual([
      ["members", "people", "", "", true, 10, 10],
      ["members", "ssprRegistered", "", "", true, 6, 10],
      ["members", "ssprEnabled", "", "", false, undefined, 10],
      ["members", "ssprCapable", "", "", false, undefined, 10],
      ["members", "mfaRegistered", "", "", true, 0, 10],
      ["members", "mfaCapable", "", "", false, undefined, 10],
      ["members", "passwordlessCapable", "", "", false, undefined, 10],
      ["members", "phoneOnly", "", "", false, undefined, 10],
      ["members", "methodsRegistered", "email", "method email", true, 3, 10],
      ["members", "methodsRegistered", "fido", "method fido", true, 2, 10],
      ["members", "leftOut", "guests", "rule guests", true, 5, 10],
    ]);
  });

  it("says where methods are not in the API", () => {
    const figures = registrationFigures("everyone", { people: 15, leftOut: {} }, LABELS);

    const methods = figures.filter(({ figure }) => figure === "methodsRegistered");
    expect(methods.map((figure) => lineOf(REGISTRATION_TABLE, figure))).toMatchObject([
      { value: "", isInApi: false, count: undefined },
    ]);
  });

  it("tells counts of people as they may be told, also those whom a rule left out", () => {
    const tell = (people: number) => (people > 0 && people < 6 ? "fewer than 6" : people);

    const figures = registrationFigures("members", counts, LABELS, tell);

    const told = figures.filter(({ count }) => count !== undefined).map(({ count }) => count);
    expect(told).toEqual([10, 6, 0, "fewer than 6", "fewer than 6", "fewer than 6"]);
    // Beside few people, those who are not among them would tell how many there are.
    expect(peopleTotals({ people: 3, leftOut: { serviceAccounts: 2, notAdmins: 997 } }, tell)).toEqual({
      people: "fewer than 6",
      "leftOut.serviceAccounts": 2,
    });
  });
});

describe("the table of people", () => {
  it("has Graph's names, and both words of each method", () => {
    const line = lineOf(peopleTable(LABELS), {
      id: "1",
      name: "Ana",
      userPrincipalName: "ana@example.com",
      userType: "guest",
      isAdmin: false,
      ssprRegistered: true,
      ssprEnabled: true,
      ssprCapable: true,
      mfaRegistered: false,
      mfaCapable: false,
      passwordlessCapable: false,
      phoneOnly: true,
      methods: ["email", "mobilePhone"],
      rowUpdatedAt: new Date(0),
    });

    expect(line).toEqual({
      id: "1",
      userDisplayName: "Ana",
      userPrincipalName: "ana@example.com",
      userType: "guest",
      isAdmin: false,
      isSsprRegistered: true,
      isSsprEnabled: true,
      isSsprCapable: true,
      isMfaRegistered: false,
      isMfaCapable: false,
      isPasswordlessCapable: false,
      isPhoneOnly: true,
      methodsRegistered: "email, mobilePhone",
      methodsRegisteredLabels: "method email, method mobilePhone",
      lastUpdatedDateTime: new Date(0),
    });
  });

  it("leaves empty what the API does not tell", () => {
    const line = lineOf(peopleTable(LABELS), { name: "Ana", userPrincipalName: "ana@example.com" });

    expect(Object.values(line).filter((cell) => cell !== undefined)).toEqual(["Ana", "ana@example.com"]);
  });

  it("has the last failure of each person who failed", () => {
    const person = {
      name: "Ana",
      userPrincipalName: "ana@example.com",
      failures: 3,
      lastAt: new Date(0),
      reason: "no-licence",
      method: "email",
      feature: "reset",
    };

    expect(lineOf(failingTable(LABELS), person)).toEqual({
      userDisplayName: "Ana",
      userPrincipalName: "ana@example.com",
      failureActivityCount: 3,
      lastEventDateTime: new Date(0),
      lastFeature: "reset",
      lastAuthMethod: "email",
      lastAuthMethodLabel: "method email",
      lastFailureReason: "no-licence",
      lastFailureReasonLabel: "reason no-licence",
    });
  });

  it("says how many were counted, and how many each rule left out", () => {
    expect(peopleTotals({ people: 10, leftOut: { guests: 5, serviceAccounts: 1 } })).toEqual({
      people: 10,
      "leftOut.serviceAccounts": 1,
      "leftOut.guests": 5,
    });
  });
});

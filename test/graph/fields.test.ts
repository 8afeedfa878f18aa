import { describe, expect, it } from "vitest";
import { readEvent } from "../../src/graph/readers/events.ts";
import { readDatedDetails, readDetails } from "../../src/graph/registration-rows.ts";
import { pageOf, readShape } from "../../src/graph/shape.ts";

const PERSON = {
  id: "ABC",
  userPrincipalName: "ann@contoso.example",
  userDisplayName: "Ann",
  userType: "member",
  isAdmin: false,
  isSsprRegistered: true,
  isSsprEnabled: true,
  isSsprCapable: true,
  isMfaRegistered: true,
  isMfaCapable: true,
  isPasswordlessCapable: false,
  methodsRegistered: ["email", "mobilePhone"],
  lastUpdatedDateTime: "2025-07-16T16:19:18Z",
};
const EVENT = {
  userPrincipalName: "ann@contoso.example",
  feature: "reset",
  authMethod: "email",
  isSuccess: false,
  failureReason: null,
  eventDateTime: "2025-07-16T16:19:18Z",
};

const PEOPLE = pageOf(readDetails);

describe("a page that is read with functions", () => {
  it.each([
    [[], "the whole answer"],
    [null, "the whole answer"],
    [{}, "value"],
    [{ value: {} }, "value"],
    [{ value: [], "@odata.nextLink": 5 }, "@odata.nextLink"],
    [{ value: [PERSON, null] }, "value.1"],
    [{ value: [PERSON, "Ann"] }, "value.1"],
    [{ value: [PERSON, [PERSON]] }, "value.1"],
    [{ value: [{ ...PERSON, methodsRegistered: ["email", 5] }] }, "value.0.methodsRegistered.1"],
    [{ value: [PERSON, { ...PERSON, lastUpdatedDateTime: 5 }] }, "value.1.lastUpdatedDateTime"],
    [{ value: [{ ...PERSON, userDisplayName: true }] }, "value.0.userDisplayName"],
  ])("is refused where it is %j, with the place", (answer, place) => {
    expect(() => readShape(PEOPLE, answer)).toThrow(
      expect.objectContaining({
        code: "GRAPH-ANSWER",
        facts: { detail: `The answer of Microsoft Graph has another shape than documented: ${place}.` },
      }),
    );
  });

  it("takes a link of null for none, and keeps one that is there", () => {
    const links = [null, undefined, "https://graph.microsoft.com/next"].map(
      (link) => readShape(PEOPLE, { value: [], "@odata.nextLink": link })["@odata.nextLink"],
    );

    expect(links).toEqual([undefined, undefined, "https://graph.microsoft.com/next"]);
  });

  it("has no quotation of the answer in what it throws", () => {
    expect.assertions(1);
    try {
      readShape(PEOPLE, { value: [{ ...PERSON, isAdmin: "canary" }] });
    } catch (thrown) {
      expect(`${thrown} ${JSON.stringify(thrown)} ${String((thrown as Error).cause)}`).not.toContain(
        "canary",
      );
    }
  });
});

describe("a row that is read with functions", () => {
  it("has an id in lower case, and a name that may be missing", () => {
    expect(readDetails({ ...PERSON, userDisplayName: null })).toMatchObject({ id: "abc", name: "" });
  });

  it("tells when it was updated only where that is asked for and known", () => {
    const told = [
      readDatedDetails(PERSON),
      readDatedDetails({ ...PERSON, lastUpdatedDateTime: null }),
      readDatedDetails({ ...PERSON, lastUpdatedDateTime: "soon" }),
      readDetails(PERSON),
    ].map((person) => person.rowUpdatedAt);

    expect(told).toEqual([new Date("2025-07-16T16:19:18Z"), undefined, undefined, undefined]);
  });

  it.each(["a\0b", "a\uD800b"])("has names that a database can store (%j)", (name) => {
    expect(readEvent({ ...EVENT, authMethod: name }).method).toBe("a\uFFFDb");
    expect(readDetails({ ...PERSON, methodsRegistered: [name] }).methods).toEqual(["a\uFFFDb"]);
  });

  it.each([
    ["2025-07-16T16:19:18.1234567Z", "2025-07-16T16:19:18.123Z"],
    ["2025-07-16T18:19:18+02:00", "2025-07-16T16:19:18.000Z"],
  ])("reads %s as %s", (text, at) => {
    expect(readEvent({ ...EVENT, eventDateTime: text }).at.toISOString()).toBe(at);
  });

  it.each(["2025-07-16", "2025-07-16T16:19:18", "2025-07-16T24:00:00Z", "2025-02-29T00:00:00Z", ""])(
    "refuses %j for a time",
    (text) => {
      expect(() => readShape(readEvent, { ...EVENT, eventDateTime: text })).toThrow("eventDateTime");
    },
  );
});

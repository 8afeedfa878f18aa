import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/language/question.ts";
import {
  type PersonAnswer,
  personNotFoundView,
  personView,
} from "../../../src/reports/people/person-view.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { personOf, tryOf } from "../../views/people-samples.ts";
import { AUDIENCE, NOW } from "../../views/samples.ts";

const QUESTION: Question = { command: "person", options: { user: "adele.vance@contoso.com" } };

function view(more: Partial<PersonAnswer> = {}): ReportView {
  return personView({
    person: personOf(),
    tries: [],
    reader: "details",
    readAt: NOW,
    question: QUESTION,
    audience: AUDIENCE,
    ...more,
  });
}

describe("one person", () => {
  it("is told by what they registered", () => {
    const { title, headline, sections } = view();

    expect(title).toBe("Adele Vance");
    expect(headline).toBe("Adele Vance can reset their password themselves.");
    expect(sections[0]?.facts?.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      "User principal name: adele.vance@contoso.com",
      "Type: Member",
      "Administrator: No",
      "SSPR registered: Yes",
      "SSPR enabled: Yes",
      "SSPR capable: Yes",
      "MFA registered: Yes",
      "MFA capable: Yes",
      "Passwordless capable: No",
      "Only a phone as second method: No",
      "Methods: Authenticator push, Mobile phone, quantumKey (new at Microsoft)",
      "Report row updated: yesterday 03:00 (Europe/Berlin)",
    ]);
  });

  it("cannot reset where they are not capable, and it is not known where the API does not tell", () => {
    const unknown = { name: "Adele Vance", userPrincipalName: "adele.vance@contoso.com" };

    expect(view({ person: personOf({ ssprCapable: false }) }).headline).toMatch(/cannot reset/);
    expect(view({ person: unknown }).headline).toMatch(/not in this API/);
    expect(
      view({ person: unknown })
        .sections[0]?.facts?.slice(1)
        .every(({ value }) => value === "not in this API"),
    ).toBe(true);
  });

  it("has the newest ten tries, newest first, in words", () => {
    const tries = Array.from({ length: 12 }, (_unused, index) => tryOf(12 - index));
    const { headline, table, remarks } = view({ tries }).sections[1] ?? {};

    expect(headline).toBe("Newest 10 of 12 tries");
    expect(table?.rows).toHaveLength(10);
    expect(table?.rows[0]).toEqual(["21 Nov 14:31", "Reset, SMS", "Stopped after starting the SMS option"]);
    expect(remarks).toEqual(["Times: Europe/Berlin."]);
  });

  it("has tries that worked, of unknown kinds, and without a time", () => {
    const { at: _at, ...timeless } = tryOf(1, {
      feature: "unlock",
      method: "quantumKey",
      reason: "Neural link",
    });
    const worked = tryOf(1, { isSuccess: true, reason: "asked-admin-sms", feature: "registration" });

    expect(view({ tries: [timeless, worked] }).sections[1]?.table?.rows).toEqual([
      ["21 Nov 14:31", "Registration, SMS", "Worked"],
      ["time not known", "unlock (new at Microsoft), quantumKey (new at Microsoft)", "Neural link"],
    ]);
  });

  it("without tries says so", () => {
    expect(view().sections[1]).toEqual({
      remarks: [expect.stringContaining("That is no proof that there were none")],
    });
  });
});

it("says clearly that nobody was found, with what was typed", () => {
  const { title, lines, buttons } = personNotFoundView(`adele\u202e${"x".repeat(300)}`, AUDIENCE);

  expect(title).toBe("Nobody like that is in the report");
  expect(lines[0]).toMatch(/^You asked for “adele x+…”\.$/);
  expect(lines[0]?.length).toBeLessThan(150);
  expect(lines[1]).toContain("whole user principal name");
  expect(buttons).toEqual([]);
});

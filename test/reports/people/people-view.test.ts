import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/language/question.ts";
import { peopleCountView } from "../../../src/reports/people/count-view.ts";
import { type PeoplePage, peopleView } from "../../../src/reports/people/people-view.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { personOf } from "../../views/people-samples.ts";
import { AUDIENCE, NOW } from "../../views/samples.ts";

const QUESTION: Question = { command: "people", options: { filter: "not-registered" } };

function view(more: Partial<PeoplePage> = {}): ReportView {
  return peopleView({
    listed: { filter: "not-registered", people: [personOf()] },
    page: 1,
    hasNext: false,
    continuation: "c1",
    scope: "members",
    readAt: NOW,
    question: QUESTION,
    audience: AUDIENCE,
    ...more,
  });
}

function listing(...people: ReturnType<typeof personOf>[]): ReportView {
  return view({ listed: { filter: "phone-only", people } });
}

const TEN = Array.from({ length: 10 }, () => personOf());

describe("a page of people", () => {
  it("shows names, accounts and registered methods, and that names are not stored", () => {
    const { title, subtitle, sections, footer, explanations } = view();

    expect(title).toBe("People not registered for password reset");
    expect(subtitle).toBe("Members · page 1");
    expect(sections[0]?.table).toEqual({
      columns: ["Person", "Registered methods"],
      wordColumns: [1],
      rows: [
        [
          "Adele Vance · adele.vance@contoso.com",
          "Authenticator push, Mobile phone, quantumKey (new at Microsoft)",
        ],
      ],
    });
    expect(footer).toBe("Read from Microsoft Graph today 14:32 (Europe/Berlin); names are not stored.");
    expect(explanations).toEqual([
      "Not registered: fewer methods than the policy for password reset asks for.",
      expect.stringContaining("Not listed: synchronization and package accounts"),
    ]);
  });

  it.each([
    [{ page: 1 }, "1 to 10"],
    [{ page: 2, total: 1_619 }, "11 to 20 of 1,619"],
    [{ page: 2, total: 19 }, "11 to 20"],
  ])("says which people these are (%o)", (more, range) => {
    const { headline } = view({ ...more, listed: { filter: "not-registered", people: TEN } });

    expect(headline).toBe(`People not registered for password reset: ${range}.`);
  });

  it("leads to the pages before and after by the id of the list", () => {
    const { buttons } = view({ page: 2, hasNext: true });

    expect(buttons).toEqual([
      {
        title: "Previous",
        verb: "look",
        question: QUESTION,
        base: QUESTION,
        paging: { continuation: "c1", page: 1 },
      },
      {
        title: "Next",
        verb: "look",
        question: QUESTION,
        base: QUESTION,
        paging: { continuation: "c1", page: 3 },
      },
      { title: "Refresh", verb: "refresh", question: QUESTION },
    ]);
    expect(view().buttons.map(({ title }) => title)).toEqual(["Refresh"]);
  });

  it.each([
    [1, "People not registered for password reset: nobody among members."],
    [3, "There is nobody on this page any more."],
  ])("without anybody says so (page %d)", (page, headline) => {
    const empty = view({ page, listed: { filter: "not-registered", people: [] } });

    expect(empty.headline).toBe(headline);
    expect(empty.sections).toEqual([{ headline, remarks: [] }]);
  });

  it("names somebody without a name by their account, once", () => {
    const rows = listing(
      personOf({ name: "" }),
      personOf({ name: "adele.vance@contoso.com" }),
      personOf({ name: "", userPrincipalName: "" }),
    ).sections[0]?.table?.rows;

    expect(rows?.map(([person]) => person)).toEqual([
      "adele.vance@contoso.com",
      "adele.vance@contoso.com",
      "(no name)",
    ]);
  });

  it("keeps names of other scripts, without characters that turn the direction around", () => {
    const [row] = listing(personOf({ name: "\u202eאדל ואנס\u0000" })).sections[0]?.table?.rows ?? [];

    expect(row?.[0]).toBe("אדל ואנס · adele.vance@contoso.com");
  });

  it("tells no methods from methods that the API does not give", () => {
    const { methods: _methods, ...unknown } = personOf();
    const rows = listing(personOf({ methods: [] }), unknown).sections[0]?.table?.rows;

    expect(rows?.map(([, methods]) => methods)).toEqual(["none", "not in this API"]);
  });

  it("names a method once where Graph has two words for it", () => {
    const rows = listing(personOf({ methods: ["mobileSMS", "sms"] })).sections[0]?.table?.rows;

    expect(rows?.[0]?.[1]).toBe("SMS");
  });
});

const FAILING = {
  name: "Adele Vance",
  userPrincipalName: "adele.vance@contoso.com",
  failures: 1_204,
  lastAt: NOW,
  method: "sms",
  feature: "reset",
};

describe("people with failed tries", () => {
  const failing = view({
    question: { command: "people", options: { filter: "failing", feature: "reset" } },
    listed: {
      filter: "failing",
      people: [
        { ...FAILING, reason: "started-sms" },
        { ...FAILING, reason: "Neural link" },
      ],
    },
    window: { from: new Date("2026-11-14T13:00:00Z"), to: NOW },
  });

  it("stand with their failures, the last reason and its time", () => {
    expect(failing.title).toBe("People with failed tries · password resets");
    expect(failing.subtitle).toBe("14 Nov – 21 Nov 2026 · page 1");
    expect(failing.sections[0]?.table).toMatchObject({
      columns: ["Person", "Failed", "Last failure"],
      rows: [
        [
          "Adele Vance · adele.vance@contoso.com",
          "1,204",
          "21 Nov 14:32: stopped after starting the SMS option",
        ],
        ["Adele Vance · adele.vance@contoso.com", "1,204", "21 Nov 14:32: Neural link"],
      ],
    });
    expect(failing.sections[0]?.remarks).toEqual(["Times: Europe/Berlin."]);
  });

  it("are of all accounts, whatever the scope", () => {
    const nobody = view({
      question: { command: "people", options: { filter: "failing" } },
      listed: { filter: "failing", people: [] },
    });

    expect(failing.explanations).toContain(
      "Counted: tries of all accounts. A try is one attempt with one method, not a person.",
    );
    expect(nobody.headline).toBe("People with failed tries: nobody among all accounts.");
  });
});

describe("a list that is not all of what was asked for", () => {
  it("says whom it cannot tell apart", () => {
    expect(view({ scope: "everyone", otherThan: "guests" }).notices).toEqual([
      "This report does not tell guests apart. It is shown for everyone instead.",
    ]);
  });

  it("says where it ends because no more is kept, and how to get the rest", () => {
    expect(view({ keptAt: 1_000 }).notices).toEqual([
      "The list ends here: no more than 1,000 people are kept to turn the pages.",
      "The whole list comes as a CSV file with “export people not registered”.",
    ]);
  });

  it("says how to get more where nobody can press a button", () => {
    expect(view({ firstOnly: true }).notices).toEqual([
      "This is the first page. In Teams, buttons turn the pages.",
      "The whole list comes as a CSV file with “export people not registered”.",
    ]);
  });

  it("says that more people failed than are counted", () => {
    expect(view({ countedAt: 50_000 }).notices).toEqual([
      "More than 50,000 people had failed tries. The first 50,000 that Microsoft named are counted here.",
    ]);
  });

  it("says of the total that it is older, unless it is of the list itself", () => {
    const older =
      "The total is from the last complete count, the list is read now: they can differ a little.";
    const listed = { filter: "failing", people: [{ ...FAILING, reason: "other" }] } as const;

    expect(view({ total: 7 }).explanations).toContain(older);
    expect(view({ total: 7, listed }).explanations).not.toContain(older);
  });
});

describe("a place that others read", () => {
  const shared = {
    filter: "not-registered",
    scope: "members",
    question: QUESTION,
    audience: AUDIENCE,
  } as const;

  it.each([
    [1_619, "1,619 members are not registered for password reset."],
    [1, "1 member is not registered for password reset."],
    [0, "0 members are not registered for password reset."],
  ])("gets the count of %d and the way to the names", (count, line) => {
    const url = "https://teams.microsoft.com/l/chat/0/0";

    expect(peopleCountView({ ...shared, count, url })).toEqual({
      kind: "notice",
      title: "People not registered for password reset",
      headline: line,
      lines: [line, "Names are shown in a personal chat only."],
      buttons: [{ title: "Open personal chat", url }],
    });
  });

  it("gets no count where there is none, and no button without an address", () => {
    const { lines, buttons } = peopleCountView(shared);

    expect(lines).toEqual(["Names are shown in a personal chat only."]);
    expect(buttons).toEqual([]);
  });

  it("gets no exact count of a small group", () => {
    const audience = { ...AUDIENCE, smallGroupFloor: 5 };

    expect(peopleCountView({ ...shared, count: 1, audience }).headline).toBe(
      "Fewer than 5 members are not registered for password reset.",
    );
  });
});

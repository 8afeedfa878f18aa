import { describe, expect, test } from "vitest";
import { teamsAppSettings } from "../../src/config/teams-app.ts";
import { BOT_ID, WEBSITE } from "../teams-app/sample-app.ts";

const LEAST = { MicrosoftAppId: BOT_ID, TEAMS_APP_WEBSITE: WEBSITE };

describe("the settings of the Teams app", () => {
  test("take the bot's id for the app, and the website for the other pages", () => {
    expect(teamsAppSettings({ ...LEAST, MicrosoftAppId: BOT_ID.toUpperCase() })).toEqual({
      app: {
        id: BOT_ID,
        botId: BOT_ID,
        name: "AuthPulse",
        developer: "AuthPulse",
        website: WEBSITE,
        privacy: WEBSITE,
        terms: WEBSITE,
      },
    });
  });

  test("are all taken where they are set", () => {
    const id = "7c1b9f52-0e4d-4a36-8f27-6d5e4c3b2a19";
    const pages = { TEAMS_APP_PRIVACY: `${WEBSITE}/privacy`, TEAMS_APP_TERMS: `${WEBSITE}/terms` };
    const names = { TEAMS_APP_NAME: "A".repeat(30), TEAMS_APP_DEVELOPER: "B".repeat(32) };

    expect(teamsAppSettings({ ...LEAST, ...pages, ...names, TEAMS_APP_ID: id })).toEqual({
      app: {
        id,
        botId: BOT_ID,
        name: names.TEAMS_APP_NAME,
        developer: names.TEAMS_APP_DEVELOPER,
        website: WEBSITE,
        privacy: pages.TEAMS_APP_PRIVACY,
        terms: pages.TEAMS_APP_TERMS,
      },
    });
  });

  test("name what is missing, all at once", () => {
    const result = teamsAppSettings({});

    expect("problems" in result && result.problems).toMatchObject([
      { setting: "MicrosoftAppId", problem: "It is missing." },
      { setting: "TEAMS_APP_WEBSITE", problem: "It is missing." },
    ]);
  });

  test.each([
    ["MicrosoftAppId", "authpulse"],
    ["MicrosoftAppId", "00000000-0000-0000-0000-000000000000"],
    ["TEAMS_APP_ID", "3d2f6a10-5b7c-4e8d-9a01"],
    ["TEAMS_APP_NAME", "A".repeat(31)],
    ["TEAMS_APP_DEVELOPER", "B".repeat(33)],
    ["TEAMS_APP_WEBSITE", "http://contoso.com"],
    ["TEAMS_APP_WEBSITE", "contoso.com"],
    ["TEAMS_APP_WEBSITE", "https://localhost:3978"],
    ["TEAMS_APP_WEBSITE", "https://somebody@contoso.com"],
    ["TEAMS_APP_PRIVACY", "ftp://contoso.com/privacy"],
    ["TEAMS_APP_TERMS", `https://contoso.com/${"t".repeat(2_048)}`],
  ])("refuse %s=%s with a remedy, and nothing else", (setting, value) => {
    const result = teamsAppSettings({ ...LEAST, [setting]: value });

    const problems = "problems" in result ? result.problems : [];
    expect(problems).toMatchObject([{ setting }]);
    expect(problems[0]?.remedy).toMatch(/^[A-Z].{10,}\.$/);
  });

  test("name one that is written in other letters", () => {
    const result = teamsAppSettings({ teams_app_website: WEBSITE, MicrosoftAppId: BOT_ID });

    expect("problems" in result && result.problems).toContainEqual(
      expect.objectContaining({ setting: "TEAMS_APP_WEBSITE", remedy: "Rename it to TEAMS_APP_WEBSITE." }),
    );
  });
});

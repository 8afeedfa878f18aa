import { describe, expect, it } from "vitest";
import { escapeMarkdown } from "../../src/render/markdown.ts";

const JOINER = "\u2060";

describe("escapeMarkdown", () => {
  it.each([
    ["**bold**", "\\*\\*bold\\*\\*"],
    ["[click](http://example.com)", "\\[click\\](http://example.com)"],
    ["_aside_ but snake_case", "\\_aside\\_ but snake_case"],
    ["`code` \\ ~~gone~~", "\\`code\\` \\\\ \\~\\~gone\\~\\~"],
    ["<at>Bot</at> &lt;b&gt; &#60;", "\\<at>Bot\\</at> \\&lt;b\\&gt; \\&#60;"],
  ])("shows %j as it is written", (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it.each(["- item", "+ item", "# title", "> quote", "1. first", "2) second", ">99 %"])(
    "keeps %j from beginning a block, without a visible mark",
    (text) => {
      expect(escapeMarkdown(text)).toBe(`${JOINER}${text}`);
    },
  );

  it.each([
    "<1 %",
    "AuditLog.Read.All",
    "14:32 (Europe/Berlin)",
    "America/New_York",
    "R & D",
    "1,204",
    "1.204",
    "3.21B",
    "-5",
    "#1",
    "–",
  ])("leaves %j alone", (text) => {
    expect(escapeMarkdown(text)).toBe(text);
  });
});

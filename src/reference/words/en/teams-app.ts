import type { TeamsAppWords } from "../teams-app-words.ts";

export const TEAMS_APP: TeamsAppWords = {
  summary: "Password reset and MFA registration in your Entra tenant, in figures",
  description: [
    "AuthPulse tells administrators of Microsoft Entra ID how self-service password reset and MFA registration are " +
      "doing: which methods people use, what fails and why, who is registered and who is not.",
    "Ask in your own words, for example “sspr usage by method” or “why do resets fail”, and get a card with the " +
      "figures, where they come from and how old they are. In a channel or a group chat, mention the app first. With " +
      "“digest subscribe” a place gets a digest every week.",
    "Names of people are shown in a personal chat only, and whoever runs AuthPulse decides who may see what. Write " +
      "“help” for everything that you can ask, and “who am i” for what you may see.",
  ].join("\n\n"),
};

/** What AuthPulse can suggest. An id is never given up: the words and the rules are kept under it. */
export const CAMPAIGN_IDS = [
  "registration-drive",
  "second-method",
  "writeback",
  "scope",
  "licence",
  "password-rules",
  "helpdesk",
  "blocked",
  "worse",
  "passkey",
] as const;
export type CampaignId = (typeof CAMPAIGN_IDS)[number];

const PAGES = "https://learn.microsoft.com/entra/identity/authentication";

/** Microsoft's page for the first step of each; all of them stand in the documentation of Microsoft Entra. */
export const CAMPAIGN_PAGES: Readonly<Record<CampaignId, string>> = {
  "registration-drive": `${PAGES}/howto-sspr-deployment`,
  "second-method": `${PAGES}/concept-sspr-howitworks`,
  writeback: `${PAGES}/troubleshoot-sspr-writeback`,
  scope: `${PAGES}/tutorial-enable-sspr`,
  licence: `${PAGES}/concept-sspr-licensing`,
  "password-rules": `${PAGES}/concept-password-ban-bad`,
  helpdesk: `${PAGES}/howto-sspr-deployment`,
  blocked: `${PAGES}/howto-sspr-reporting`,
  worse: `${PAGES}/troubleshoot-sspr`,
  passkey: `${PAGES}/how-to-authentication-passkeys-fido2`,
};

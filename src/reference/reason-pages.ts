import type { ReasonGroup } from "./reasons.ts";

const PAGES = "https://learn.microsoft.com/entra/identity/authentication";
/** Microsoft's own short link, from the text of "Password reset has been disabled entirely for this tenant". */
const TROUBLESHOOTING = "https://aka.ms/ssprtroubleshoot";
const DEPLOYMENT = `${PAGES}/howto-sspr-deployment`;

/**
 * Microsoft's page about each group of reasons, in the documentation of Microsoft Entra. What has no reason of its own
 * has no page either.
 */
export const REASON_PAGES: Readonly<Partial<Record<ReasonGroup, string>>> = {
  abandoned: TROUBLESHOOTING,
  canceled: DEPLOYMENT,
  "too-many-tries": TROUBLESHOOTING,
  "contacted-admin": DEPLOYMENT,
  policy: `${PAGES}/tutorial-enable-sspr`,
  licence: `${PAGES}/concept-sspr-licensing`,
  "set-up": `${PAGES}/tutorial-enable-sspr`,
  "on-premises": `${PAGES}/concept-sspr-writeback`,
  password: `${PAGES}/concept-password-ban-bad`,
  device: TROUBLESHOOTING,
  system: TROUBLESHOOTING,
};

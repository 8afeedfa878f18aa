import { isLoopback } from "../kernel/loopback.ts";

export interface Trust {
  /** Without an app id only this machine is spoken to, and with one never. */
  readonly local: boolean;
  /** Hosts of private clouds, in lower case; what lies below them is not meant. */
  readonly extra?: readonly string[];
}

/**
 * Where the bot's token may go: the global service URL of Teams, and what lies below the domains that Microsoft
 * alone hands out names in. `trafficmanager.net` is not one of them: anybody can have a name there.
 * Sources: learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
 * ("Global service URLs"); microsoft/Agents-for-js, `outboundHostValidator.ts`.
 */
const SERVICE_HOSTS = ["smba.trafficmanager.net"];
const SERVICE_DOMAINS = ["botframework.com", "teams.microsoft.com", "teams.microsoft.us"];

/**
 * Where a file may be put: SharePoint and OneDrive, which give the upload URL of a file consent.
 * Source: the same list of Microsoft; of it `blob.core.windows.net` is left out, where anybody can have a name.
 */
const UPLOAD_DOMAINS = ["sharepoint.com", "svc.ms"];

/** Whether the bot's token may be sent to this service URL. */
export function isTrustedService(url: string, trust: Trust): boolean {
  return isTrusted(url, trust, SERVICE_HOSTS, SERVICE_DOMAINS);
}

/** Whether a file may be put to this upload URL. */
export function isTrustedUpload(url: string, trust: Trust): boolean {
  return isTrusted(url, trust, [], UPLOAD_DOMAINS);
}

function isTrusted(
  url: string,
  { local, extra = [] }: Trust,
  hosts: readonly string[],
  domains: readonly string[],
): boolean {
  if (local) {
    return isOnThisMachine(url);
  }
  const host = PLAIN.exec(url)?.[1]?.toLowerCase();
  return (
    host !== undefined &&
    ([...hosts, ...extra].includes(host) ||
      domains.some((domain) => host === domain || host.endsWith(`.${domain}`)))
  );
}

/**
 * The only spelling that is believed: https, a name of letters, digits, dots and hyphens, no user, no port but
 * the default one, and then nothing that one reader of URLs takes otherwise than another: backslashes, blanks,
 * other dots than ASCII's.
 */
const PLAIN = /^https:\/\/([a-z\d-]+(?:\.[a-z\d-]+)+)(?::443)?(?:[/?#][!-[\]-~]*)?$/i;

function isOnThisMachine(text: string): boolean {
  if (!/^https?:\/\/[!-[\]-~]+$/i.test(text) || !URL.canParse(text)) {
    return false;
  }
  const { username, password, hostname } = new URL(text);
  return username === "" && password === "" && isLoopback(hostname);
}

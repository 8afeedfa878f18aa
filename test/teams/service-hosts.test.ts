import { describe, expect, test } from "vitest";
import { isTrustedService, isTrustedUpload } from "../../src/teams/service-hosts.ts";

const REGISTERED = { local: false };
const LOCAL = { local: true };

describe("a service URL", () => {
  test.each([
    "https://smba.trafficmanager.net/teams/",
    "https://smba.trafficmanager.net/emea/7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01/",
    "https://SMBA.trafficmanager.net:443/teams",
    "https://smba.infra.gcc.teams.microsoft.com/teams",
    "https://smba.infra.gov.teams.microsoft.us/teams",
    "https://smba.infra.dod.teams.microsoft.us/teams",
    "https://api.botframework.com",
  ])("of Microsoft is trusted: %s", (url) => {
    expect(isTrustedService(url, REGISTERED)).toBe(true);
  });

  test.each([
    "http://smba.trafficmanager.net/teams/",
    "https://smba.trafficmanager.net:8443/teams/",
    "https://evil.trafficmanager.net/teams/",
    "https://a.smba.trafficmanager.net/teams/",
    "https://smba.trafficmanager.net./teams/",
    "https://smba.trafficmanager.net.evil.example/teams/",
    "https://evilbotframework.com/",
    "https://microsoft.com/",
    "https://graph.microsoft.com/",
    "https://evil.example/smba.trafficmanager.net/",
    "https://smba.trafficmanager.net@evil.example/",
    "https://user:secret@smba.trafficmanager.net/",
    "https://smba.trafficmanager.net\\@evil.example/",
    "https://smba.trafficmanager.net\\.evil.example/",
    "https:\\\\smba.trafficmanager.net/teams/",
    "https:/smba.trafficmanager.net/teams/",
    "https:smba.trafficmanager.net",
    "//smba.trafficmanager.net/teams/",
    "https://smba.trafficmanager.net /teams/",
    " https://smba.trafficmanager.net/teams/",
    "https://smba.trafficmanager.net/\nteams/",
    "https://smba。trafficmanager。net/teams/",
    "https://smba.trafficmanager.net。evil.example/",
    "https://ѕmba.trafficmanager.net/teams/",
    "https://smba%2etrafficmanager.net/",
    "https://20.190.1.1/teams/",
    "https://[2603:1020::1]/teams/",
    "https://127.0.0.1/",
    "http://127.0.0.1:56150/_connector",
    "http://localhost:56150/_connector",
    "javascript:alert(1)",
    "smba.trafficmanager.net",
    "",
  ])("is not trusted: %j", (url) => {
    expect(isTrustedService(url, REGISTERED)).toBe(false);
  });

  test("of a private cloud is trusted where its host is named, and nothing below it", () => {
    const trust = { local: false, extra: ["bots.cloud.example"] };

    expect(isTrustedService("https://bots.cloud.example/teams", trust)).toBe(true);
    expect(isTrustedService("https://a.bots.cloud.example/teams", trust)).toBe(false);
    expect(isTrustedService("https://smba.trafficmanager.net/teams/", trust)).toBe(true);
  });

  test.each([
    ["http://127.0.0.1:56150/_connector", true],
    ["http://localhost:56150/_connector", true],
    ["http://[::1]:56150/_connector", true],
    ["http://user@127.0.0.1:56150/", false],
    ["http://127.0.0.1:56150\\@evil.example/", false],
    ["http://127.0.0.1.evil.example/", false],
    ["http://localhost.evil.example/", false],
    ["http://0.0.0.0:56150/", false],
    ["http://192.168.1.1/", false],
    ["http://[::1", false],
    ["https://smba.trafficmanager.net/teams/", false],
    ["https://bots.cloud.example/", false],
    ["ftp://127.0.0.1/", false],
  ])("without an app id is trusted on this machine only: %s", (url, trusted) => {
    expect(isTrustedService(url, { ...LOCAL, extra: ["bots.cloud.example"] })).toBe(trusted);
  });
});

describe("an upload URL", () => {
  test.each([
    "https://contoso-my.sharepoint.com/personal/priya/_api/v2.0/drive/items/01A/uploadSession?guid='1'&d=%20x",
    "https://contoso.sharepoint.com/upload",
    "https://northeurope1-0.pushnp.svc.ms/upload?x=1",
  ])("of Microsoft is trusted: %s", (url) => {
    expect(isTrustedUpload(url, REGISTERED)).toBe(true);
  });

  test.each([
    "http://contoso.sharepoint.com/upload",
    "https://evilsharepoint.com/upload",
    "https://sharepoint.com.evil.example/upload",
    "https://contoso.sharepoint.com:444/upload",
    "https://contoso.sharepoint.com@evil.example/upload",
    "https://priya:secret@contoso.sharepoint.com/upload",
    "https://evil.example\\.sharepoint.com/upload",
    "https://evil.example/.sharepoint.com",
    "https://evil.example#.sharepoint.com",
    "https://evil.example?.sharepoint.com",
    "https://evil.example．sharepoint.com/upload",
    "https://contoso。sharepoint。com/upload",
    "https://13.107.136.9/upload",
    "https://[::ffff:127.0.0.1]/upload",
    "https://contoso.blob.core.windows.net/upload",
    "https://smba.trafficmanager.net/upload",
    "https://.sharepoint.com/upload",
    "file:///etc/passwd",
    "http://127.0.0.1:9/upload",
    "",
  ])("is not trusted: %s", (url) => {
    expect(isTrustedUpload(url, REGISTERED)).toBe(false);
  });

  test("without an app id is trusted on this machine only", () => {
    expect(isTrustedUpload("http://127.0.0.1:9/upload", LOCAL)).toBe(true);
    expect(isTrustedUpload("https://contoso.sharepoint.com/upload", LOCAL)).toBe(false);
  });
});

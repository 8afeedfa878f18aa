import type { DoctorWords } from "../doctor-words.ts";

const AFTER_SETTINGS = "Then restart AuthPulse.";

/** What `doctor` says in English. */
export const DOCTOR: DoctorWords = {
  remedies: {
    "GRAPH-PERMISSION": ({ permission }) =>
      `Grant ${permission} to the app of the token (see the row "token"): Entra admin center › App registrations › the ` +
      "app › API permissions › Add (application permission) › Grant admin consent. A Global or Privileged Role " +
      "Administrator can. New tokens carry it; a running bot gets one within about an hour, or restart it.",
    "GRAPH-ROLE": () =>
      "Activate or assign Reports Reader for the account that signed in, then sign in again and run this once more.",
    "GRAPH-LICENCE": () =>
      "Check the licences of this tenant: Microsoft Entra ID P1 or P2 is needed. If it is there, grant " +
      "Directory.Read.All to the app as well: without it, Graph sometimes cannot see the licence.",
    "GRAPH-THROTTLED": ({ retryAt }) =>
      `Run this again ${retryAt ? `after ${retryAt}` : "in a minute"}. If it stays, another app of this tenant reads ` +
      "the same reports.",
    "GRAPH-UNREACHABLE": () =>
      "Check GRAPH_CLOUD and GRAPH_BASE_URL, this machine's way to the internet (proxy, DNS, firewall), and " +
      "Microsoft's service health.",
    "GRAPH-ANSWER": () =>
      "Something between here and Graph may answer in its place: check the proxy. If Graph itself answers so, report " +
      'it with the file that "authpulse doctor --shapes" writes.',
    "GRAPH-PAGING": () => 'Report it with the file that "authpulse doctor --shapes" writes.',
    "GRAPH-REFUSED": () => "Ask Microsoft's support with the request id of this row.",
    "GRAPH-GROUP": () =>
      `Correct EXCLUDE_GROUP_IDS: copy the object id from the group's page in the Entra admin center. ${AFTER_SETTINGS}`,
    "STORE-UNAVAILABLE": () =>
      "Check that DATA_DIR is there, has room, is writable for this user and is held by no process that hangs; or " +
      "that DATABASE_URL names a server that answers.",
    INTERNAL: () => "Run this again with LOG_LEVEL=debug, and report what it prints.",
  },
  states: { ok: "ok", problem: "problem", skipped: "skipped" },
  columns: ["check", "state", "what was seen"],
  remedy: "Do:",
  requestId: "Request id of Microsoft Graph:",
  summary: ({ ok, problem, skipped }) => {
    const problems = problem === 1 ? "1 problem" : `${problem} problems`;
    return `${ok} ok, ${problems}, ${skipped} skipped.`;
  },
  settings: { ok: "All settings can be used.", first: "The settings have to be right first." },
  token: {
    subject: "Token for Microsoft Graph",
    ok: ({ credential, kind, tenant, app, until }) =>
      `By ${credential}: ${kind}, tenant ${tenant}, app ${app}${until ? `, until ${until}` : ""}.`,
    credentials: {
      secret: "client secret",
      certificate: "certificate",
      federated: "federated token file",
      "managed-identity": "managed identity",
      token: "GRAPH_ACCESS_TOKEN",
      developer: "the sign-in of this machine",
    },
    kinds: {
      app: "the app's own rights",
      delegated: "a signed-in person's rights",
      unknown: "it does not say whose rights",
    },
    untold: "(not told)",
    otherTenant: (said, settings) => ({
      what: `The token is for tenant ${said}, and the settings name ${settings}.`,
      remedy: "Set AZURE_TENANT_ID to the tenant to report on, and sign in to that one.",
    }),
    missing: "There is no token for Microsoft Graph.",
  },
  report: {
    subject: (endpoint) => endpoint,
    ok: (endpoint, rows, permission) =>
      `${endpoint} answered, ${rows === 1 ? "1 row" : `${rows} rows`} on its first page (${permission}).`,
  },
  directory: {
    members: "checkMemberObjects",
    account: "users",
    ok: (subject) => `${subject} answered (User.Read.All). Who may ask what can be decided.`,
  },
  group: {
    excluded: (id) => `Group ${id} of EXCLUDE_GROUP_IDS`,
    access: (id, settings) => `Group ${id} of ${settings}`,
    ok: (subject) => `${subject} is there (GroupMember.Read.All).`,
    unknown: (id, settings) => ({
      what: `The tenant has no group ${id}, which ${settings} names. Nobody comes in through it.`,
      remedy: `Correct ${settings}: copy the object id from the group's page in the Entra admin center. ${AFTER_SETTINGS}`,
    }),
    unseen: (subject) => ({
      what: `${subject}: the app may not look at groups. It decides who is in them without that.`,
      remedy: "Nothing has to be done. With GroupMember.Read.All this check could be made.",
    }),
  },
  licence: {
    ok: "The reports answer, so Graph finds Microsoft Entra ID P1 or P2.",
    refused: "Graph finds no Microsoft Entra ID P1 or P2 in this tenant.",
    untold: "No report answered, so nothing is known of the licence.",
  },
  access: {
    ok: (held) => `May ask: ${held}.`,
    nobody: "nobody",
    none: {
      what: "ACCESS_REPORTS lets nobody in, so nobody gets numbers in Teams.",
      remedy:
        `Set ACCESS_REPORTS to group:<object id> or role:<name>, or leave it out for the roles that may read reports. ` +
        AFTER_SETTINGS,
    },
  },
  store: {
    subject: "Store",
    kinds: { embedded: "The embedded database", server: "PostgreSQL" },
    ok: ({ kind, schema, known, room }) => {
      const step =
        schema === known ? `schema ${schema}` : `schema ${schema}, the next start brings it to ${known}`;
      return `${kind} opens and can be written to, ${step}${room ? `, ${room} free` : ""}.`;
    },
    unmade: (room) => `DATA_DIR can be used and is empty; the first start makes the database. ${room} free.`,
    held: (pid, version, room) =>
      `The bot that runs here (process ${pid}, version ${version}) has it open and reads from it, ${room} free.`,
    newer: (schema, known) => ({
      what: `A newer AuthPulse wrote the store: its schema is ${schema}, and this version knows ${known}.`,
      remedy: "Install that version again, or put back the copy of the store from before the upgrade.",
    }),
    noRoom: (room) => ({
      what: `The disk of DATA_DIR has ${room} free, which is too little.`,
      remedy: "Make room on that disk (a quarter of a GB at least), or set DATA_DIR to another one.",
    }),
  },
  bot: {
    subject: "Token for Teams",
    ok: (credential, app) => `The bot's app ${app} gets a token for the Bot Framework, by ${credential}.`,
    local: {
      what: "Local mode: without MicrosoftAppId there is no bot registration.",
      remedy:
        "For Teams set MicrosoftAppId, MicrosoftAppTenantId and a credential (README, The bot in Teams).",
    },
  },
  endpoint: {
    subject: "Messaging endpoint",
    listens: (address, version) => `AuthPulse ${version} listens on ${address} and is ready.`,
    fromOutside:
      "Whether Teams reaches it cannot be seen from here: open https://<your host>/healthz from outside, and compare " +
      "the endpoint of the bot registration with https://<your host>/api/messages.",
    local: "In local mode only this machine reaches it.",
    anyPort: {
      what: "PORT is 0, so the port of a running bot is not known.",
      remedy: "Set PORT to look at it.",
    },
    nobody: (address) => ({
      what: `No bot listens on ${address}.`,
      remedy: "Start it with npm start. If it runs on another machine, run this there.",
    }),
    silent: (address) => ({
      what: `Something has ${address} open and does not answer.`,
      remedy:
        "Look at the process that has this port open: end it if it is another program, restart the bot if it is it.",
    }),
    other: (address) => ({
      what: `Another program than AuthPulse answers on ${address}.`,
      remedy:
        "End that program, or set PORT to a free one and change the endpoint of the registration with it.",
    }),
    notReady: (address, status) => ({
      what: `AuthPulse listens on ${address} and is not ready: ${status}.`,
      remedy:
        'Wait a minute while it starts or stops. "store" and "migrations" stay until the store answers again or the ' +
        "bot runs in the version of its store: its log says more.",
    }),
  },
  teamsApp: {
    ok: (name, version) => `The settings make a valid Teams app: ${name} ${version}.`,
    local: {
      what: "Local mode: without MicrosoftAppId there is no Teams app.",
      remedy: "Set MicrosoftAppId to package one.",
    },
    elsewhere: {
      what: "No setting of the Teams app is here, so it is packaged elsewhere.",
      remedy: "Run this where the app is packaged, to have its settings checked.",
    },
    withoutTools: {
      what: "Microsoft's validator is not installed here.",
      remedy: "Run this in a clone after npm ci, to have the manifest checked.",
    },
  },
  shapes: {
    reading: (endpoint) => `Reading ${endpoint} …`,
    written: (file, endpoints) => `Written to ${file}: the shape of ${endpoints} endpoints.`,
    taken: (file) => `${file} is there already. Name another file, or replace it with --force.`,
    holds:
      "This file holds how Graph's endpoints answer in one tenant: statuses, codes, counts, times to the hour, names of " +
      "fields and their types, values of enumerations, and texts of failures in which names, addresses, ids and " +
      "numbers are masked. It holds no person, no id, no tenant and no token. Please read it before you attach it.",
  },
};

import type { PeopleCounts, PeopleReading, PersonTry, ReportedPerson } from "../../src/ports/people.ts";
import type { UsageSum } from "../../src/ports/usage.ts";
import { NOW } from "./samples.ts";

export const MEMBERS: PeopleCounts = {
  people: 19_412,
  ssprRegistered: 15_204,
  ssprEnabled: 16_230,
  ssprCapable: 14_611,
  mfaRegistered: 18_230,
  mfaCapable: 17_940,
  passwordlessCapable: 5_046,
  phoneOnly: 2_918,
  methods: {
    microsoftAuthenticatorPush: 12_204,
    microsoftAuthenticatorPasswordless: 4_100,
    mobilePhone: 11_530,
    alternateMobilePhone: 310,
    email: 6_400,
    securityQuestion: 900,
    fido2SecurityKey: 820,
    passKeyDeviceBound: 240,
    windowsHelloForBusiness: 3_100,
    softwareOneTimePasscode: 2_050,
    quantumKey: 12,
  },
  leftOut: { serviceAccounts: 9, guests: 700, excludedGroups: 50 },
};

export const GUESTS: PeopleCounts = {
  people: 700,
  ssprEnabled: 0,
  ssprCapable: 0,
  mfaRegistered: 420,
  leftOut: { members: 19_412, serviceAccounts: 9 },
};

export function readingOf(more: Partial<PeopleReading> = {}): PeopleReading {
  return {
    reader: "details",
    readAt: NOW,
    took: 12_400,
    pages: 21,
    rowsRead: 20_171,
    scopes: { members: MEMBERS, guests: GUESTS, admins: { ...MEMBERS, people: 42 }, everyone: MEMBERS },
    ...more,
  };
}

/** The documented sample of the retired count: more are registered than there are. */
export const LEGACY: PeopleReading = readingOf({
  reader: "legacy",
  scopes: {
    everyone: {
      people: 23_123,
      ssprRegistered: 23_423,
      ssprEnabled: 4_234,
      ssprCapable: 323,
      mfaRegistered: 33,
      leftOut: {},
    },
  },
});

export function sumOf(
  reason: string,
  count: number,
  { feature = "reset", method = "mobileSMS", isSuccess = false }: Partial<UsageSum> = {},
): UsageSum {
  return { feature, method, isSuccess, reason, count };
}

export const SUMS: readonly UsageSum[] = [
  sumOf("", 2_256, { isSuccess: true }),
  sumOf("started-sms", 158),
  sumOf("completed-email", 40, { method: "email" }),
  sumOf("too-few-methods", 61),
  sumOf("asked-admin-sms", 12),
  sumOf("too-many-sms-codes", 25),
  sumOf("on-premises-unreachable", 44),
  sumOf("Neural link refused the new password", 20),
  sumOf("Adele Vance could not be found", 7),
  sumOf("unspecified", 4),
  sumOf("", 1_886, { feature: "registration", isSuccess: true, method: "email" }),
  sumOf("canceled-registration", 338, { feature: "registration", method: "email" }),
];

export function personOf(more: Partial<ReportedPerson> = {}): ReportedPerson {
  return {
    id: "86462606-fde0-4fc4-9e0c-a20eb73e54c6",
    name: "Adele Vance",
    userPrincipalName: "adele.vance@contoso.com",
    userType: "member",
    isAdmin: false,
    ssprRegistered: true,
    ssprEnabled: true,
    ssprCapable: true,
    mfaRegistered: true,
    mfaCapable: true,
    passwordlessCapable: false,
    phoneOnly: false,
    methods: ["microsoftAuthenticatorPush", "mobilePhone", "quantumKey"],
    rowUpdatedAt: new Date("2026-11-20T02:00:00Z"),
    ...more,
  };
}

export function tryOf(minutesAgo: number, more: Partial<PersonTry> = {}): PersonTry {
  return {
    at: new Date(NOW.getTime() - minutesAgo * 60_000),
    feature: "reset",
    method: "mobileSMS",
    isSuccess: false,
    reason: "started-sms",
    ...more,
  };
}

/** What a person may be allowed: see the reports, look one colleague up, see lists, change digests, read the audit. */
export type Permission = "reports" | "person" | "people" | "manage" | "audit";

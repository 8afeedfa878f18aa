/** What a person may be allowed: see the reports, look one colleague up, see lists, change digests, read the audit. */
export const PERMISSIONS = ["reports", "person", "people", "manage", "audit"] as const;
export type Permission = (typeof PERMISSIONS)[number];

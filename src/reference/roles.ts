/** A built-in Entra role. */
export interface BuiltInRole {
  /** Microsoft's own name of the role; it is not translated. */
  readonly name: string;
  readonly templateId: string;
}

/**
 * The roles that may read the reports: the four of Graph's page on the registration and usage reports
 * (Reports Reader, Security Reader, Security Administrator, Global Reader), and Global Administrator,
 * which holds every read action. Template ids: learn.microsoft.com/entra/identity/role-based-access-control/
 * permissions-reference (20 January 2026).
 */
export const REPORT_READING_ROLES: readonly BuiltInRole[] = [
  { name: "Reports Reader", templateId: "4a5d8f65-41da-4de4-8968-e035b65339cf" },
  { name: "Security Reader", templateId: "5d6b6bb7-de71-4623-b4af-96380a352509" },
  { name: "Security Administrator", templateId: "194ae4cb-b126-40b2-bd5b-6091b380977d" },
  { name: "Global Reader", templateId: "f2ef992c-3afb-46b9-b7cf-a126ee74c451" },
  { name: "Global Administrator", templateId: "62e90394-69f5-4237-9190-012177145e10" },
];

/**
 * Further built-in roles that an administrator may name in a setting. Any other role is named by its template id.
 * Same source.
 */
const OTHER_ROLES: readonly BuiltInRole[] = [
  { name: "Security Operator", templateId: "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f" },
  { name: "Application Administrator", templateId: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3" },
  { name: "Cloud Application Administrator", templateId: "158c047a-c907-4556-b7ef-446551a6b5f7" },
  { name: "Authentication Policy Administrator", templateId: "0526716b-113d-4c15-b2c8-68e3c22b9f80" },
  { name: "Authentication Administrator", templateId: "c4e39bd9-1100-46d3-8c65-fb160da0071f" },
  { name: "Privileged Authentication Administrator", templateId: "7be44c8a-adaf-4e2a-84d6-ab2649e08a13" },
  { name: "Helpdesk Administrator", templateId: "729827e3-9c14-49f7-bb1b-9608f156bbb8" },
  { name: "User Administrator", templateId: "fe930be7-5e62-47db-91af-98c3a49a38b1" },
  { name: "Password Administrator", templateId: "966707d0-3269-4727-9be2-8c3a10f19b9d" },
  { name: "Privileged Role Administrator", templateId: "e8611ab8-c189-46e8-94e1-60213ab1f814" },
  { name: "Conditional Access Administrator", templateId: "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9" },
  { name: "Compliance Administrator", templateId: "17315797-102d-40b4-93e0-432062caca18" },
  { name: "Hybrid Identity Administrator", templateId: "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2" },
  { name: "Billing Administrator", templateId: "b0f54661-2d74-4c50-afa3-1ec803f12efe" },
  { name: "Directory Readers", templateId: "88d8e3e3-8f55-4a1e-953a-9b9898b8876b" },
];

/** Built-in roles that can be named in words. */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = [...REPORT_READING_ROLES, ...OTHER_ROLES];

/** A built-in Entra role whose holders may read the authentication-methods reports. */
export interface ReportReadingRole {
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
export const REPORT_READING_ROLES: readonly ReportReadingRole[] = [
  { name: "Reports Reader", templateId: "4a5d8f65-41da-4de4-8968-e035b65339cf" },
  { name: "Security Reader", templateId: "5d6b6bb7-de71-4623-b4af-96380a352509" },
  { name: "Security Administrator", templateId: "194ae4cb-b126-40b2-bd5b-6091b380977d" },
  { name: "Global Reader", templateId: "f2ef992c-3afb-46b9-b7cf-a126ee74c451" },
  { name: "Global Administrator", templateId: "62e90394-69f5-4237-9190-012177145e10" },
];

/**
 * People with fixed ids, for signing in to the demo and for tests of who may see what. They exist in the directory
 * of every sample tenant, and are the first people of its reports as far as it has so many.
 */
export interface Viewer {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly userType: "member" | "guest";
  /** Role template ids and group ids that the person holds, directly or through a group. */
  readonly holds: readonly string[];
}

/** Template ids from Microsoft's permissions reference of the built-in roles. */
export const ROLES = {
  reportsReader: "4a5d8f65-41da-4de4-8968-e035b65339cf",
  securityReader: "5d6b6bb7-de71-4623-b4af-96380a352509",
  securityAdministrator: "194ae4cb-b126-40b2-bd5b-6091b380977d",
  globalReader: "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  conditionalAccessAdministrator: "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
  authenticationAdministrator: "c4e39bd9-1100-46d3-8c65-fb160da0071f",
  helpdeskAdministrator: "729827e3-9c14-49f7-bb1b-9608f156bbb8",
  billingAdministrator: "b0f54661-2d74-4c50-afa3-1ec803f12efe",
  userAdministrator: "fe930be7-5e62-47db-91af-98c3a49a38b1",
} as const;

/** The roles that may read the reports with a delegated token; a Global Administrator has every read action. */
export const REPORT_ROLES: readonly string[] = [
  ROLES.reportsReader,
  ROLES.securityReader,
  ROLES.securityAdministrator,
  ROLES.globalReader,
  ROLES.globalAdministrator,
];

/** What the reports call `privilegedAdmin`, as far as the sample company gives these roles to anybody. */
export const PRIVILEGED_ROLES: readonly string[] = [
  ROLES.globalAdministrator,
  ROLES.securityAdministrator,
  ROLES.conditionalAccessAdministrator,
  ROLES.authenticationAdministrator,
  ROLES.helpdeskAdministrator,
  ROLES.billingAdministrator,
  ROLES.userAdministrator,
];

/** A security group whose members hold no role, as an allow-list would name it. */
export const REPORT_READERS_GROUP = "6f2a1c84-93d7-4f0e-8b55-1f0b9c7de201";

/** Rooms, shared mailboxes and service accounts, some of them through the group of the rooms. */
export const SERVICE_ACCOUNTS_GROUP = "7a3b2d95-a4e8-4a1f-9c66-2a1cad8ef302";
export const ROOMS_GROUP = "8b4c3ea6-b5f9-4b20-ad77-3b2dbe9f0403";

export const VIEWERS = {
  reportsReader: {
    id: "0b7c5e16-0d6f-4a51-9c3e-6a1f5b2d4e01",
    displayName: "Priya Nair",
    userPrincipalName: "priya.nair@contoso.example",
    userType: "member",
    holds: [ROLES.reportsReader],
  },
  globalAdministrator: {
    id: "1c8d6f27-1e70-4b62-8d4f-7b206c3e5f02",
    displayName: "Marta Olsen",
    userPrincipalName: "marta.olsen@contoso.example",
    userType: "member",
    holds: [ROLES.globalAdministrator],
  },
  noRole: {
    id: "2d9e7038-2f81-4c73-9e50-8c317d4f6003",
    displayName: "Alex Kim",
    userPrincipalName: "alex.kim@contoso.example",
    userType: "member",
    holds: [],
  },
  groupMember: {
    id: "3eaf8149-3092-4d84-8f61-9d428e507104",
    displayName: "Tomas Ferreira",
    userPrincipalName: "tomas.ferreira@contoso.example",
    userType: "member",
    holds: [REPORT_READERS_GROUP],
  },
  guest: {
    id: "4fb0925a-41a3-4e95-9072-ae539f618205",
    displayName: "Jonas Weber (Fabrikam)",
    userPrincipalName: "jonas.weber_fabrikam.example#EXT#@contoso.example",
    userType: "guest",
    holds: [],
  },
} as const satisfies Readonly<Record<string, Viewer>>;

export const VIEWER_LIST: readonly Viewer[] = Object.values(VIEWERS);

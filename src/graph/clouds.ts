/** Where one of Microsoft's clouds answers. Tokens of one cloud are not valid in another. */
export interface CloudEndpoints {
  /** Origin of Microsoft Graph. */
  readonly graph: string;
  /** Origin of the sign-in service. */
  readonly login: string;
}

export const GRAPH_CLOUDS = ["global", "usgov", "usgovdod", "china"] as const;
export type GraphCloud = (typeof GRAPH_CLOUDS)[number];

/** Source: learn.microsoft.com/graph/deployments. */
const ENDPOINTS: Readonly<Record<GraphCloud, CloudEndpoints>> = {
  global: { graph: "https://graph.microsoft.com", login: "https://login.microsoftonline.com" },
  usgov: { graph: "https://graph.microsoft.us", login: "https://login.microsoftonline.us" },
  usgovdod: { graph: "https://dod-graph.microsoft.us", login: "https://login.microsoftonline.us" },
  china: { graph: "https://microsoftgraph.chinacloudapi.cn", login: "https://login.chinacloudapi.cn" },
};

export function endpointsOf(cloud: GraphCloud): CloudEndpoints {
  return ENDPOINTS[cloud];
}

/** The scope of an application's Graph token, also when another host answers in Graph's place. */
export function graphScopeOf(cloud: GraphCloud): string {
  return `${ENDPOINTS[cloud].graph}/.default`;
}

/**
 * Whether a Graph host belongs to a national cloud, where the legacy reports never existed (national
 * cloud tables of their documentation pages). A host we do not know counts as global.
 */
export function isNational(baseUrl: string): boolean {
  const { origin } = new URL(baseUrl);
  return GRAPH_CLOUDS.some((cloud) => cloud !== "global" && ENDPOINTS[cloud].graph === origin);
}

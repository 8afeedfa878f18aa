import type { Config } from "../../config.ts";
import { graphScopeOf } from "../../graph/clouds.ts";
import { createCredential } from "../../graph/credential.ts";
import { createGraphClient } from "../../graph/graph-client.ts";
import { createQuota } from "../../graph/quota.ts";
import { recordingHttpClient, type SeenAnswer } from "../../graph/recording.ts";
import { tokenKind } from "../../graph/token.ts";
import type { Outside } from "../../kernel/outside.ts";
import { VERSION } from "../../kernel/version.ts";
import { type AnswerShape, answerShapeOf } from "./answers.ts";
import { lookedAt } from "./endpoints.ts";
import { type Look, look, MOST_PAGES } from "./look.ts";
import { createNames } from "./names.ts";

/** How one endpoint answers. */
interface EndpointShape extends AnswerShape, Look {
  readonly endpoint: string;
}

export interface Shapes {
  readonly holds: string;
  readonly version: string;
  readonly readAt: string;
  readonly cloud: string;
  readonly token: string;
  readonly mostPages: number;
  readonly endpoints: readonly EndpointShape[];
}

/**
 * Reads the first pages of every endpoint with the product's own client, one after the other under Microsoft's quota,
 * and keeps their shape alone: no row, name, id, tenant or token. What fails is told with its status and code.
 * Rejects with GRAPH-SIGN-IN where there is no token.
 */
export async function readShapes(
  { graph }: Pick<Config, "graph">,
  outside: Outside,
  holds: string,
  onEndpoint: (name: string) => void,
): Promise<Shapes> {
  const { clock, log, random, timings } = outside;
  let seen: SeenAnswer[] = [];
  const client = createGraphClient({
    baseUrl: graph.baseUrl,
    credential: createCredential(graph.credential, graph.cloud, clock),
    credentialKind: graph.credential.kind,
    scope: graphScopeOf(graph.cloud),
    quota: createQuota({ timings, clock }),
    httpClient: recordingHttpClient(clock, (answer) => seen.push(answer)),
    ...{ timings, clock, random, log },
  });
  const token = tokenKind(await client.token(AbortSignal.timeout(timings.graphDeadline)));
  const names = createNames();
  const endpoints: EndpointShape[] = [];
  for (const looked of lookedAt(graph.excludeGroups)) {
    onEndpoint(looked.name);
    seen = [];
    const rows = await look(client, looked, names);
    endpoints.push({ endpoint: looked.name, ...answerShapeOf(seen), ...rows });
  }
  const readAt = clock.now().toISOString();
  return { holds, version: VERSION, readAt, cloud: graph.cloud, token, mostPages: MOST_PAGES, endpoints };
}

import type { Config } from "../config.ts";
import type { GraphClient } from "../graph/graph-client.ts";
import { appOfToken, expiryOfToken, type TokenKind, tenantOfToken, tokenKind } from "../graph/token.ts";
import { asAppError } from "../kernel/problem.ts";
import type { Words } from "../reference/words/words.ts";
import { outcomeOfFault } from "./check.ts";
import { ok, problem, type Row } from "./row.ts";

interface TokenCheck {
  readonly row: Row;
  /** Absent where there is no token that can be used. */
  readonly kind?: TokenKind;
}

/** Gets a token, and says whose it is; what it can do is seen by what Graph answers to it. */
export async function checkToken(
  client: Pick<GraphClient, "token">,
  { graph, tenantId: wanted }: Pick<Config, "graph" | "tenantId">,
  deadline: number,
  words: Words,
): Promise<TokenCheck> {
  const { subject, ok: said, credentials, kinds, untold, otherTenant } = words.doctor.token;
  const id = "token";
  let token: string;
  try {
    token = await client.token(AbortSignal.timeout(deadline));
  } catch (thrown) {
    return { row: { id, ...outcomeOfFault(subject, asAppError(thrown), words) } };
  }
  const tenant = tenantOfToken(token);
  if (tenant && wanted && tenant !== wanted) {
    const { what, remedy } = otherTenant(tenant, wanted);
    return { row: { id, ...problem(what, remedy) } };
  }
  const kind = tokenKind(token);
  const until = graph.credential.kind === "token" ? expiryOfToken(token) : undefined;
  const told = said({
    credential: credentials[graph.credential.kind],
    kind: kinds[kind],
    tenant: tenant ?? untold,
    app: appOfToken(token) ?? untold,
    ...(until && { until: until.toISOString() }),
  });
  return { row: { id, ...ok(told) }, kind };
}

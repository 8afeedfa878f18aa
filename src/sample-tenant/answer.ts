import { authorise } from "./access.ts";
import type { Call, Company } from "./call.ts";
import { errorOfFault, throttled } from "./fault-errors.ts";
import type { FaultRule } from "./faults.ts";
import { GraphError } from "./graph-error.ts";
import type { Switches } from "./options.ts";
import type { Quota } from "./quota.ts";
import { ROUTES, type Route } from "./routes.ts";
import { spoil } from "./spoil.ts";
import { type Claims, readToken } from "./tokens.ts";

/** A request as it arrived, its body read. */
export interface Incoming {
  readonly method: string;
  /** Path and query. */
  readonly address: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
  readonly fault: FaultRule | undefined;
}

export interface Gate {
  readonly origin: string;
  readonly tenantId: string;
  readonly tokenKey: Buffer;
  readonly switches: Switches;
  readonly quota: Quota;
  /** Unix milliseconds. */
  readonly now: number;
  readonly pageSize: number;
  readonly company: Company;
}

const ADDRESS = /^\/(v1\.0|beta)(\/[^?]*)(?:\?(.*))?$/;

/**
 * The body of a successful answer. A fault strikes before anything else; then token, route, quota and permission are
 * looked at, in this order.
 * @throws GraphError for every other answer
 */
export function answer(incoming: Incoming, gate: Gate): object {
  const { fault } = incoming;
  const found = findRoute(incoming.address);
  const permission = found?.routes[0]?.access.permissions[0] ?? "";
  const failure = fault && errorOfFault(fault, { now: gate.now, permission, style: gate.switches });
  if (failure) throw failure;
  const claims = readToken(incoming.authorization, gate.tokenKey, gate.tenantId, gate.now);
  const { route, call } = toCall(incoming, gate, found);
  checkAllowed(route, claims, gate);
  if (route.isLegacy && gate.switches.legacy !== "data") return retired(call, gate.switches.legacy);
  return spoil(call, route.answer(call));
}

interface Found {
  readonly routes: readonly Route[];
  readonly version: "v1.0" | "beta";
  readonly path: string;
  readonly search: string;
}

function findRoute(address: string): Found | undefined {
  const [, version, path = "", search = ""] = ADDRESS.exec(address) ?? [];
  if (version !== "v1.0" && version !== "beta") return undefined;
  const decoded = decodePath(path);
  const routes = ROUTES.filter((one) => one.versions.includes(version) && one.pattern.test(decoded));
  return routes.length === 0 ? undefined : { routes, version, path: decoded, search };
}

/** Clients may write quotes and parentheses either way. */
function decodePath(path: string): string {
  return path.replace(/%(?:2[789c]|3d|20)/gi, (code) => decodeURIComponent(code));
}

function toCall(incoming: Incoming, gate: Gate, found: Found | undefined): { route: Route; call: Call } {
  if (!found) throw new GraphError(404, "ResourceNotFound", "Resource could not be discovered.");
  const route = found.routes.find((one) => one.method === incoming.method);
  if (!route) {
    const Allow = found.routes.map((one) => one.method).join(", ");
    throw new GraphError(405, "MethodNotAllowed", `The method ${incoming.method} is not allowed here.`, {
      Allow,
    });
  }
  const call = {
    company: gate.company,
    origin: gate.origin,
    version: found.version,
    path: `/${found.version}${found.path}`,
    search: found.search,
    query: new URLSearchParams(found.search),
    parameters: route.pattern.exec(found.path)?.slice(1) ?? [],
    body: incoming.body,
    now: gate.now,
    pageSize: gate.pageSize,
    fault: incoming.fault,
  };
  return { route, call };
}

function checkAllowed(route: Route, claims: Claims, gate: Gate): void {
  const style = gate.switches;
  const wait = route.access.isReport ? gate.quota.take(claims.appid, performance.now()) : undefined;
  if (wait !== undefined) throw throttled(wait, { now: gate.now, style });
  const holdings = gate.company.people.holdings(claims.oid) ?? new Set<string>();
  authorise(route.access, claims, holdings, gate.switches.licensed);
}

function retired(call: Call, how: "empty" | "removed" | "gone"): object {
  const segment = call.path.split("/").at(-1)?.replace(/\(.*/, "") ?? "";
  // Graph says this, with status 400, of every segment that is not in its model.
  if (how === "removed") {
    throw new GraphError(400, "BadRequest", `Resource not found for the segment '${segment}'.`);
  }
  if (how === "gone") throw new GraphError(410, "Gone", "This API is retired.");
  const context = `reports/$metadata#Collection(microsoft.graph.${segment})`;
  return { "@odata.context": `${call.origin}/${call.version}/${context}`, value: [] };
}

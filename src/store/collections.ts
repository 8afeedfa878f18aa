import { z } from "zod";
import { PROBLEM_CODES, type ProblemFacts, READY_REPORTS, SIGN_IN_FAULTS } from "../kernel/problem.ts";
import {
  COLLECTIONS,
  type Collected,
  type CollectionEnd,
  type CollectionFault,
  type CollectionState,
  type CollectionStore,
} from "../ports/collections.ts";
import type { ReadProgress, UsageSource } from "../ports/usage.ts";
import type { Database, Row } from "./database.ts";
import { count } from "./schemas.ts";
import { storedNumbers } from "./stored-row.ts";

const progressSchema: z.ZodType<ReadProgress> = z.object({
  pages: count,
  rows: count,
  waitingUntil: z.coerce.date().exactOptional(),
});

/** Another version may know codes that this one does not. */
const code = z.enum(PROBLEM_CODES).catch("INTERNAL");

const factsSchema: z.ZodType<ProblemFacts> = z.object({
  permission: z.string().exactOptional(),
  retryAt: z.coerce.date().exactOptional(),
  status: z.int().exactOptional(),
  graphCode: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
  signIn: z.enum(SIGN_IN_FAULTS).exactOptional(),
  aadsts: z.string().exactOptional(),
  report: z.enum(READY_REPORTS).exactOptional(),
  detail: z.string().exactOptional(),
});

const faultSchema: z.ZodType<CollectionFault> = z.object({ code, facts: factsSchema });

const collectedSchema: z.ZodType<Collected> = z.object({
  reader: z.string(),
  readAt: z.coerce.date(),
  pages: count,
  rowsRead: count,
});

const stateSchema = z.object({
  name: z.enum(COLLECTIONS),
  holder: z.string().nullable(),
  began_at: z.date().nullable(),
  lease_until: z.date().nullable(),
  progress: progressSchema.nullable(),
  ended_at: z.date().nullable(),
  fault: faultSchema.nullable(),
  complete_at: z.date().nullable(),
  collected: collectedSchema.nullable(),
  suspect: z.object({ since: z.coerce.date(), rowsRead: count }).nullable(),
  access: z
    .object({
      at: z.coerce.date(),
      refusal: z.object({ code, permission: z.string().exactOptional() }).exactOptional(),
    })
    .nullable(),
});

const COLUMNS = `
  name, holder, began_at, lease_until, progress, ended_at, fault, complete_at, collected, suspect, access`;

const KEY = "tenant_id = $1 AND graph_host = $2 AND name = $3";

const SELECT = `SELECT ${COLUMNS} FROM authpulse.collections WHERE ${KEY}`;

const THERE = `
  INSERT INTO authpulse.collections (tenant_id, graph_host, name) VALUES ($1, $2, $3)
  ON CONFLICT (tenant_id, graph_host, name) DO NOTHING`;

const TAKE = `
  UPDATE authpulse.collections SET holder = $4, began_at = $5, lease_until = $6, progress = NULL WHERE ${KEY}`;

const BEAT = `
  UPDATE authpulse.collections SET lease_until = $5, progress = $6::jsonb
  WHERE ${KEY} AND holder = $4
  RETURNING name`;

const RELEASE = `
  UPDATE authpulse.collections SET holder = NULL, began_at = NULL, lease_until = NULL, progress = NULL
  WHERE ${KEY} AND holder = $4`;

const COMPLETE = `
  UPDATE authpulse.collections SET holder = NULL, began_at = NULL, lease_until = NULL, progress = NULL,
    ended_at = $5, fault = NULL, complete_at = $5, collected = $6::jsonb, suspect = NULL, access = $7::jsonb
  WHERE ${KEY} AND holder = $4`;

const FAILED = `
  UPDATE authpulse.collections SET holder = NULL, began_at = NULL, lease_until = NULL, progress = NULL,
    ended_at = $5, fault = $6::jsonb, suspect = coalesce($7::jsonb, suspect), access = coalesce($8::jsonb, access)
  WHERE ${KEY} AND holder = $4`;

const STATES = `SELECT ${COLUMNS} FROM authpulse.collections WHERE tenant_id = $1 AND graph_host = $2`;

/**
 * @param isShared whether other processes may be on this database. In the embedded one there is none, so that what a
 * killed process has left is taken over at once.
 */
export function createCollectionStore(database: Database, isShared: boolean): CollectionStore {
  return {
    claim: ({ tenantId, graphHost }, name, { holder, now, lease, since }) =>
      database.transaction(async ({ query }) => {
        const key = [tenantId, graphHost, name];
        await query(THERE, key);
        const [row] = await query(`${SELECT} FOR UPDATE`, key);
        const state = row && toState(row);
        if (state?.running && isShared && isAlive(state.running.leaseUntil, now, lease)) {
          return { kind: "running", running: state.running };
        }
        if (state?.last && since && endedSince(state.last.at, since, now)) {
          return { kind: "ended", state };
        }
        await query(TAKE, [...key, holder, now, new Date(now.getTime() + lease)]);
        return { kind: "claimed", before: state };
      }),
    async beat({ tenantId, graphHost }, name, { holder, now, lease }, progress) {
      const until = new Date(now.getTime() + lease);
      const values = [tenantId, graphHost, name, holder, until, JSON.stringify(progress)];
      return (await database.query(BEAT, values)).length > 0;
    },
    async end({ tenantId, graphHost }, name, holder, at, end) {
      const key = [tenantId, graphHost, name, holder, at];
      const access = accessOf(end, at);
      await (end.kind === "complete"
        ? database.query(COMPLETE, [...key, JSON.stringify(end.collected), access])
        : database.query(FAILED, [
            ...key,
            JSON.stringify(storedFault(end.fault)),
            json(end.suspect),
            access,
          ]));
    },
    async release({ tenantId, graphHost }, name, holder) {
      await database.query(RELEASE, [tenantId, graphHost, name, holder]);
    },
    async states({ tenantId, graphHost }: UsageSource) {
      const states = (await database.read(STATES, [tenantId, graphHost])).map(toState);
      return COLLECTIONS.flatMap((name) => states.filter((state) => state.name === name));
    },
  };
}

/** A lease that ends later than one can that was given now is of a clock that was wrong. */
function isAlive(leaseUntil: Date, now: Date, lease: number): boolean {
  return leaseUntil > now && leaseUntil.getTime() <= now.getTime() + 2 * lease;
}

/** An end that lies in the future is of a clock that was wrong. */
function endedSince(at: Date, since: Date, now: Date): boolean {
  return at >= since && at.getTime() <= now.getTime() + 60_000;
}

/** Only these say whether the report may be read; in an outage what was seen before stays. */
function accessOf(end: CollectionEnd, at: Date): string | null {
  if (end.kind === "complete") {
    return JSON.stringify({ at });
  }
  const { code: refused, facts } = end.fault;
  if (refused !== "GRAPH-PERMISSION" && refused !== "GRAPH-LICENCE" && refused !== "GRAPH-ROLE") {
    return null;
  }
  const { permission } = facts;
  return JSON.stringify({ at, refusal: { code: refused, ...(permission !== undefined && { permission }) } });
}

function storedFault({ code: fault, facts }: CollectionFault): CollectionFault {
  return { code: fault, facts: factsSchema.parse(facts) };
}

function json(value: object | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}

function toState(row: Row): CollectionState {
  const data = storedNumbers(stateSchema, row);
  const { name, began_at: since, lease_until: leaseUntil, progress, ended_at: endedAt } = data;
  const { fault, complete_at: completeAt, collected, suspect, access } = data;
  return {
    name,
    ...(data.holder !== null &&
      since &&
      leaseUntil && { running: { since, leaseUntil, progress: progress ?? { pages: 0, rows: 0 } } }),
    ...(endedAt && { last: { at: endedAt, ...(fault && { fault }) } }),
    ...(completeAt && collected && { complete: { ...collected, at: completeAt } }),
    ...(suspect && { suspect }),
    ...(access && { access }),
  };
}

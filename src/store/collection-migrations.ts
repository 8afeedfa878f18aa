/** Steps of the schema for who collects what. */
export const COLLECTION_MIGRATIONS = [
  {
    name: "collections",
    statements: [
      `CREATE TABLE authpulse.collections (
        tenant_id   text        NOT NULL,
        graph_host  text        NOT NULL,
        name        text        NOT NULL,
        holder      text,
        began_at    timestamptz,
        lease_until timestamptz,
        progress    jsonb,
        ended_at    timestamptz,
        fault       jsonb,
        complete_at timestamptz,
        collected   jsonb,
        suspect     jsonb,
        access      jsonb,
        PRIMARY KEY (tenant_id, graph_host, name)
      )`,
    ],
  },
];

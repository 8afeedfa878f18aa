// A Graph whose answers cost next to nothing, in a process of its own: node collect-graph.mjs <dist> <people> [https]
// It takes the rows of a small sample tenant and repeats them, each time with other people. An answer is put together
// from bytes that are at hand, so that whoever reads is measured and not the server. It sends
// { url, people, events, certificate } to its parent, and serves until the parent goes.
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { selfSigned } from "./collect-certificate.mjs";

const [dist = "", wanted = "", scheme = "http"] = process.argv.slice(2);
const people = Number(wanted);
const SAMPLE = 10_000;
/** As many rows as Graph gives with one answer. */
const PAGE = 1_000;
const PATHS = {
  people: "/v1.0/reports/authenticationMethods/userRegistrationDetails",
  events: "/beta/reports/authenticationMethods/userEventsSummary",
};
const DIGITS = 3;
const COMMA = Buffer.from(",");
const END = Buffer.from("]}");
const HOST = "127.0.0.1";

const { startSampleTenant } = await import(pathToFileURL(join(dist, "sample-tenant", "server.js")).href);

/** One row as bytes, and where the number of the repetition stands in its id and in its user principal name. */
function template(row) {
  const name = row.userPrincipalName.replace("@", `.${"0".repeat(DIGITS)}@`);
  const id = `${row.id.slice(0, -DIGITS)}${"0".repeat(DIGITS)}`;
  const bytes = Buffer.from(JSON.stringify({ ...row, id, userPrincipalName: name }));
  const after = (text) => bytes.indexOf(text) + Buffer.byteLength(text);
  return {
    bytes,
    places: [after(`"id":"${id}`) - DIGITS, after(`"userPrincipalName":"${name.split("@")[0]}`) - DIGITS],
  };
}

async function templatesOf(tenant, path) {
  const headers = { authorization: `Bearer ${tenant.token("app")}`, prefer: "include-unknown-enum-members" };
  const rows = [];
  for (let link = tenant.url + path; link; ) {
    const page = await (await fetch(link, { headers })).json();
    rows.push(...page.value.map(template));
    link = page["@odata.nextLink"];
  }
  return rows;
}

const tenant = await startSampleTenant({ people: Math.min(people, SAMPLE), quota: 1e6 });
const templates = {
  people: await templatesOf(tenant, PATHS.people),
  events: await templatesOf(tenant, PATHS.events),
};
await tenant.close();
const repeated = Math.ceil(people / SAMPLE);
const counts = { people: templates.people.length * repeated, events: templates.events.length * repeated };

/** The page from this row on, as Graph puts one together, and how many rows it has. */
function pageOf(kind, from) {
  const rows = templates[kind];
  const to = Math.min(from + PAGE, counts[kind]);
  const next = to < counts[kind] ? `"@odata.nextLink":"${origin}${PATHS[kind]}?$skiptoken=${to}",` : "";
  const parts = [Buffer.from(`{"@odata.context":"${origin}/$metadata#${kind}",${next}"value":[`)];
  for (let at = from; at < to; at += 1) {
    parts.push(rows[at % rows.length].bytes, at + 1 < to ? COMMA : END);
  }
  const bytes = Buffer.concat(parts);
  let begin = parts[0].length;
  for (let at = from; at < to; at += 1) {
    const row = rows[at % rows.length];
    const number = String(Math.floor(at / rows.length)).padStart(DIGITS, "0");
    for (const place of row.places) {
      bytes.write(number, begin + place, "latin1");
    }
    begin += row.bytes.length + 1;
  }
  return { bytes, rows: to - from };
}

const secure = scheme === "https" ? selfSigned(new Date(Date.now() + 86_400_000)) : undefined;
const server = secure
  ? createSecureServer({ key: secure.key, cert: secure.certificate }, serve)
  : createServer(serve);
let origin = "";

function serve(request, response) {
  const { pathname, searchParams } = new URL(request.url, origin);
  const kind = pathname === PATHS.people ? "people" : "events";
  const { bytes, rows } = pageOf(kind, Number(searchParams.get("$skiptoken") ?? 0));
  response.writeHead(200, {
    "Content-Type": "application/json",
    "Content-Length": bytes.length,
    // For the measurement without parsing alone.
    "X-Rows": rows,
  });
  response.end(bytes);
}

server.listen(0, HOST, () => {
  // A certificate for an address would have to name it in an extension; one for a name has it anyway.
  origin = `${scheme}://${secure ? "localhost" : HOST}:${server.address().port}`;
  process.send({ url: origin, ...counts, certificate: secure?.certificate });
});
process.on("disconnect", () => process.exit());

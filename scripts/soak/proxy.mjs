// A connection to a database that can be taken away: what is open is cut, and who connects then is cut, too.
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** For a URL of PostgreSQL; `url` is the same database through the proxy. */
export async function startProxy(databaseUrl) {
  const url = new URL(databaseUrl.replace("@/", "@socket/"));
  const folder = url.searchParams.get("host");
  const port = Number(url.searchParams.get("port") ?? (url.port || 5432));
  const target = folder?.startsWith("/")
    ? { path: `${folder}/.s.PGSQL.${port}` }
    : { host: folder ?? url.hostname, port };
  const open = new Set();
  let isAway = false;
  const server = createServer((near) => {
    if (isAway) {
      near.destroy();
      return;
    }
    const far = connect(target);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url.searchParams.delete("host");
  url.searchParams.delete("port");
  url.hostname = "127.0.0.1";
  url.port = String(server.address().port);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: url.href,
    leave() {
      isAway = true;
      cut();
    },
    comeBack() {
      isAway = false;
    },
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

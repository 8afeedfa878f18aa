import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of Node, or one of restify, which hands on the events of its own. */
interface Listening {
  once(event: "error", heard: (thrown: Error) => void): unknown;
  removeListener(event: "error", heard: (thrown: Error) => void): unknown;
  listen(port: number, host: string, ready: () => void): unknown;
  address(): unknown;
}

/** Resolves with the port; rejects with the system's error, whose `port` is the one that was asked for. */
export function listen(server: Listening, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Takes nothing new and cuts what is still connected; only for a server whose answers have all been given. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Left are those who have connected and not asked anything yet; they would be waited for a minute.
  server.closeAllConnections();
  await closed;
}

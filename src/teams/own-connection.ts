import { Agent } from "node:http";
import { Agent as TlsAgent } from "node:https";

/**
 * An agent that makes a connection for one request alone. `onOpen` is called when the connection stands, with TLS once
 * the other side is who it must be: nothing of a request can have left before.
 */
export function ownConnection(url: string, onOpen: () => void): Agent {
  const isTls = url.startsWith("https:");
  const agent = isTls ? new TlsAgent() : new Agent();
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    socket?.once(isTls ? "secureConnect" : "connect", onOpen);
    return socket;
  };
  return agent;
}

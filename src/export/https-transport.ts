import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { UploadRequest, UploadTransport } from "./upload-session.ts";

const LONGEST_TEXT = 64 * 1024;

/**
 * Node's own client, because `fetch` copies every body: 50 MiB more for the same upload. It follows no redirect and
 * has no tokens. A connection is used once: a kept one that the peer has closed looks like a cut in an upload.
 */
export const httpsTransport: UploadTransport = async (request) => {
  const response = await responseTo(request);
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) {
    text += chunk;
    if (text.length >= LONGEST_TEXT) {
      break;
    }
  }
  return { status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"], text };
};

function responseTo({ method, url, headers, body, signal }: UploadRequest): Promise<IncomingMessage> {
  const open = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const length = { "Content-Length": String(body?.length ?? 0) };
    open(url, { method, headers: { ...headers, ...length }, agent: false, signal })
      .on("response", resolve)
      .on("error", reject)
      .end(body);
  });
}

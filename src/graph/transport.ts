import type { Readable } from "node:stream";
import {
  bearerTokenAuthenticationPolicy,
  type PipelinePolicy,
  type PipelineResponse,
  RestError,
} from "@azure/core-rest-pipeline";
import { isLoopback } from "../kernel/loopback.ts";
import { AppError } from "../kernel/problem.ts";
import type { SignIn } from "./sign-in.ts";
import { within } from "./within.ts";

/** A page of 1,000 rows has well under one MiB. */
const LONGEST_BODY = 16 * 1024 * 1024;

/** Http is for a Graph on the same machine only: a token must not travel in the clear. */
export function isLoopbackHttp(url: URL): boolean {
  return url.protocol === "http:" && isLoopback(url.hostname);
}

/** Every answer in JSON, with enum members newer than `unknownFutureValue` (learn.microsoft.com/graph/best-practices-concept). */
export const graphHeadersPolicy: PipelinePolicy = {
  name: "graphHeaders",
  sendRequest(request, next) {
    request.headers.set("Accept", "application/json");
    request.headers.set("Prefer", "include-unknown-enum-members");
    return next(request);
  },
};

/** The SDK's policy, which also answers claims challenges but refuses http; one of our own on loopback. */
export function bearerPolicy(local: boolean, signIn: SignIn, scope: string): PipelinePolicy {
  if (local) {
    return {
      name: "loopbackBearer",
      async sendRequest(request, next) {
        const { token } = await signIn.getToken(scope);
        request.headers.set("Authorization", `Bearer ${token}`);
        return next(request);
      },
    };
  }
  return bearerTokenAuthenticationPolicy({ credential: signIn, scopes: scope });
}

/** Waits before each request, also before the second one that answers a claims challenge. */
export function gatePolicy(enter: () => Promise<void>): PipelinePolicy {
  return {
    name: "gate",
    async sendRequest(request, next) {
      await enter();
      return next(request);
    },
  };
}

/** A deadline for everything below this policy, the body included: the SDK's own ends with the headers. */
export function deadlinePolicy(milliseconds: number, caller: AbortSignal): PipelinePolicy {
  return {
    name: "deadline",
    sendRequest(request, next) {
      const underDeadline = (signal: AbortSignal) => {
        request.abortSignal = signal;
        return next(request);
      };
      return within(milliseconds, underDeadline, caller);
    },
  };
}

/** Reads the body with a bound, and turns a cut in its middle into the connection fault that it is. */
export const bodyPolicy: PipelinePolicy = {
  name: "body",
  async sendRequest(request, next) {
    request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    const response = await next(request);
    const stream = response.readableStreamBody as Readable | undefined;
    return stream ? { ...response, bodyAsText: await textOf(stream, response) } : response;
  },
};

async function textOf(stream: Readable, { request }: PipelineResponse): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > LONGEST_BODY) {
        throw new AppError("GRAPH-ANSWER", { detail: "The answer is longer than 16 MiB." });
      }
    }
  } catch (error) {
    throw error instanceof AppError
      ? error
      : new RestError("The connection ended in the middle of the answer.", { code: "ECONNRESET", request });
  }
  // Unlike Buffer's, this decoder leaves a byte order mark out.
  return new TextDecoder().decode(Buffer.concat(chunks));
}

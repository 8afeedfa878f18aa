import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import type { Clock } from "../kernel/clock.ts";

/** What an answer says of itself; nothing of its body. */
export interface SeenAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly at: Date;
}

/** An HTTP client that tells of every answer, those of tries that are repeated too. */
export function recordingHttpClient(clock: Clock, onAnswer: (answer: SeenAnswer) => void): HttpClient {
  const client = createDefaultHttpClient();
  return {
    async sendRequest(request) {
      const response = await client.sendRequest(request);
      onAnswer({
        status: response.status,
        header: (name) => response.headers.get(name),
        at: clock.now(),
      });
      return response;
    },
  };
}

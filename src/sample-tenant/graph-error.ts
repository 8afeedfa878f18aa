/** An answer other than success, as Graph words it. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** A 400: the facts name no code for a bad period, filter or option, so it is Graph's general one. */
export function badRequest(message: string): GraphError {
  return new GraphError(400, "BadRequest", message);
}

export interface CallIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** Graph's error body (learn.microsoft.com/graph/errors): the date has neither fraction nor zone. */
export function errorBody(error: GraphError, ids: CallIds, at: Date): object {
  return {
    error: {
      code: error.code,
      message: error.message,
      innerError: {
        date: at.toISOString().slice(0, 19),
        "request-id": ids.requestId,
        "client-request-id": ids.clientRequestId,
      },
    },
  };
}

/** There was no connection that a request could have left on, whatever went wrong: it may be sent again. */
export class NotSentError extends Error {
  override readonly name = "NotSentError";
  /** Of the fault: "ECONNREFUSED"; where it has none, its name. */
  readonly code: string;

  constructor(cause: unknown) {
    super("Nothing of the request has left.", { cause });
    const { code, name } = (cause ?? {}) as { readonly code?: unknown; readonly name?: unknown };
    this.code = typeof code === "string" ? code : String(name);
  }
}

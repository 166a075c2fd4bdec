/** What is used here of an engine.io connection, and is not in its types. */
export interface Dropped {
  readonly transport: { readonly socket?: { terminate(): void } };
  close(discard: true): unknown;
}

/** Ends a connection at once: closing waits for what is queued, and nobody will read it. */
export function drop(connection: Dropped): void {
  connection.transport.socket?.terminate();
  connection.close(true);
}

import type { Result } from '../result.ts';
import type { End } from './end.ts';

/** What an application asks of its TCP (RFC 9293 §3.9.1). */
export type UserCall =
  | { readonly call: 'connect' }
  | { readonly call: 'listen' }
  | { readonly call: 'write'; readonly octets: number; readonly text?: string }
  | { readonly call: 'close' }
  | { readonly call: 'abort' }
  /** The application leaves what arrives in the buffer: the receive window shrinks. */
  | { readonly call: 'stop-reading' }
  /** It takes everything at once and goes on reading. */
  | { readonly call: 'start-reading' };

export type CallRefusal = {
  readonly code:
    'call/no-connection' | 'call/already-open' | 'call/closing' | 'call/not-connected' | 'call/bad-length';
};

/** An application call (§3.10.1–3.10.5). It opens a cause, and may change the state; it sends nothing. */
export function call(end: End, userCall: UserCall): Result<End, CallRefusal> {
  throw new Error(`not yet: ${end.state} ${userCall.call}`);
}

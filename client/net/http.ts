import type { Refusal } from '../../shared/refusals.ts';
import { refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** POSTs JSON to a path of the lab (`api/join`). Refusals are values; no answer at all is `server/busy`. */
export function post<T>(path: string, body: unknown): Promise<Result<T, Refusal>> {
  return ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
}

/** GETs a path of the lab, with the same answers. */
export function get<T>(path: string): Promise<Result<T, Refusal>> {
  return ask(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
}

async function ask<T>(path: string, init: RequestInit): Promise<Result<T, Refusal>> {
  try {
    const response = await fetch(new URL(path, document.baseURI), { ...init, credentials: 'same-origin' });
    const reply: unknown = await response.json();
    return isResult<T>(reply) ? reply : refuse({ code: 'server/fault' });
  } catch {
    return refuse({ code: 'server/busy' });
  }
}

function isResult<T>(reply: unknown): reply is Result<T, Refusal> {
  return typeof reply === 'object' && reply !== null && 'ok' in reply;
}

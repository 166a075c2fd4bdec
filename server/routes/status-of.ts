import type { Refusal } from '../../shared/refusals.ts';

/** The HTTP status that goes with a refusal; the code in the body says more. */
export function statusOf({ code }: Refusal): number {
  switch (code) {
    case 'session/required':
    case 'session/expired':
    case 'login/wrong':
    case 'pin/required':
    case 'pin/wrong':
      return 401;
    case 'origin/foreign':
    case 'classroom/full':
    case 'classroom/locked':
    case 'player/removed':
      return 403;
    case 'classroom/not-found':
      return 404;
    case 'name/taken':
    case 'name/reserved':
      return 409;
    case 'setup/invalid-link':
    case 'rejoin/invalid-link':
    case 'classroom/closed':
      return 410;
    case 'message/too-fast':
    case 'login/wait':
      return 429;
    case 'server/fault':
      return 500;
    case 'server/busy':
    case 'server/storage-full':
      return 503;
    default:
      return 400;
  }
}

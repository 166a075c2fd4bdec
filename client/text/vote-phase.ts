import type { PollView } from '../../shared/classroom/poll.ts';
import { m } from '../paraglide/messages.js';

const PHASES = { first: m.vote_first, second: m.vote_second, revealed: m.vote_revealed };

/** What is to be done with a question now: `First vote: think for yourself`. */
export const votePhase = (phase: PollView['phase']): string => PHASES[phase]();

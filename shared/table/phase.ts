export type Phase = 'prepared' | 'running' | 'paused' | 'ended';

/**
 * Why a table ended though its scenario was not over: its time was up, nothing could happen any more, or its
 * round was ended.
 */
export type Unfinished = 'limit' | 'stuck' | 'stopped';

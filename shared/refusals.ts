/**
 * Every way the lab says no to something it expected might be asked, `noun/reason`. The server sends the code and,
 * where a sentence needs them, the values; the browser has the sentence (`refusal_…` in the catalogues).
 */
export const REFUSALS = [
  'message/invalid',
  'message/too-fast',
  'server/fault',
  'server/busy',
  'server/storage-full',
  'session/required',
  'session/expired',
  'setup/invalid-link',
  'origin/foreign',
  'classroom/not-found',
  'classroom/locked',
  'classroom/closed',
  'classroom/nobody-here',
  'name/empty',
  'name/too-long',
  'name/hidden-characters',
  'name/taken',
  'name/reserved',
  'player/removed',
  'player/not-found',
  'round/none',
  'round/running',
  'round/not-running',
  'scenario/not-found',
  'scenario/invalid',
  'table/not-found',
  'table/busy',
  'table/not-started',
  'table/paused',
  'table/ended',
  'seat/not-yours',
  'seat/not-allowed',
  'segment/invalid',
  'label/not-asked',
  'hint/none-left',
  'hint/nothing-due',
  'link/out-of-range',
  'link/infeasible',
  'link/not-allowed',
  'flight/gone',
  'flight/not-held',
  'budget/spent',
  'cable/already',
  'prediction/not-asked',
  'clock/invalid-rate',
] as const;

export type RefusalCode = (typeof REFUSALS)[number];

export interface Refusal {
  readonly code: RefusalCode;
  /** Values for the sentence: which field, which bound. */
  readonly with?: Readonly<Record<string, string | number>>;
}

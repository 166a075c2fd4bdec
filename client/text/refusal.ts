import type { Refusal, RefusalCode } from '../../shared/refusals.ts';
import { m } from '../paraglide/messages.js';

const SENTENCES: Readonly<Record<RefusalCode, () => string>> = {
  'message/invalid': m.refusal_message_invalid,
  'message/too-fast': m.refusal_message_too_fast,
  'server/fault': m.refusal_server_fault,
  'server/busy': m.refusal_server_busy,
  'server/storage-full': m.refusal_server_storage_full,
  'session/required': m.refusal_session_required,
  'session/expired': m.refusal_session_expired,
  'setup/invalid-link': m.refusal_setup_invalid_link,
  'origin/foreign': m.refusal_origin_foreign,
  'classroom/not-found': m.refusal_classroom_not_found,
  'classroom/locked': m.refusal_classroom_locked,
  'classroom/closed': m.refusal_classroom_closed,
  'classroom/nobody-here': m.refusal_classroom_nobody_here,
  'name/empty': m.refusal_name_empty,
  'name/too-long': m.refusal_name_too_long,
  'name/hidden-characters': m.refusal_name_hidden_characters,
  'name/taken': m.refusal_name_taken,
  'name/reserved': m.refusal_name_reserved,
  'player/removed': m.refusal_player_removed,
  'player/not-found': m.refusal_player_not_found,
  'round/none': m.refusal_round_none,
  'round/running': m.refusal_round_running,
  'round/not-running': m.refusal_round_not_running,
  'scenario/not-found': m.refusal_scenario_not_found,
  'scenario/invalid': m.refusal_scenario_invalid,
  'table/not-found': m.refusal_table_not_found,
  'table/busy': m.refusal_table_busy,
  'table/not-started': m.refusal_table_not_started,
  'table/paused': m.refusal_table_paused,
  'table/ended': m.refusal_table_ended,
  'seat/not-yours': m.refusal_seat_not_yours,
  'seat/not-allowed': m.refusal_seat_not_allowed,
  'segment/invalid': m.refusal_segment_invalid,
  'label/not-asked': m.refusal_label_not_asked,
  'hint/none-left': m.refusal_hint_none_left,
  'hint/nothing-due': m.refusal_hint_nothing_due,
  'link/out-of-range': m.refusal_link_out_of_range,
  'link/infeasible': m.refusal_link_infeasible,
  'link/not-allowed': m.refusal_link_not_allowed,
  'flight/gone': m.refusal_flight_gone,
  'flight/not-held': m.refusal_flight_not_held,
  'budget/spent': m.refusal_budget_spent,
  'cable/already': m.refusal_cable_already,
  'prediction/not-asked': m.refusal_prediction_not_asked,
  'clock/invalid-rate': m.refusal_clock_invalid_rate,
};

/** What a refusal says to the person who was refused: what to do, in their language. */
export function refusalText({ code }: Refusal): string {
  // A newer server may know a code that this page does not.
  return (SENTENCES[code] ?? m.refusal_server_fault)();
}

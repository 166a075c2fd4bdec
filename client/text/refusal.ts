import type { Refusal, RefusalCode } from '../../shared/refusals.ts';
import { m } from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';
import { conditionName } from './condition.ts';

type With = NonNullable<Refusal['with']>;

const SENTENCES: Readonly<Record<RefusalCode, (given: With) => string>> = {
  'message/invalid': m.refusal_message_invalid,
  'message/too-fast': m.refusal_message_too_fast,
  'server/fault': m.refusal_server_fault,
  'server/busy': m.refusal_server_busy,
  'server/storage-full': m.refusal_server_storage_full,
  'session/required': m.refusal_session_required,
  'session/expired': m.refusal_session_expired,
  'setup/invalid-link': m.refusal_setup_invalid_link,
  'login/wrong': m.refusal_login_wrong,
  'login/wait': m.refusal_login_wait,
  'password/too-short': m.refusal_password_too_short,
  'password/too-long': m.refusal_password_too_long,
  'password/common': m.refusal_password_common,
  'origin/foreign': m.refusal_origin_foreign,
  'classroom/not-found': m.refusal_classroom_not_found,
  'classroom/locked': m.refusal_classroom_locked,
  'classroom/closed': m.refusal_classroom_closed,
  'classroom/full': ({ max }) => m.refusal_classroom_full({ max: amount(max) }),
  'classroom/nobody-here': m.refusal_classroom_nobody_here,
  'name/empty': m.refusal_name_empty,
  'name/too-long': m.refusal_name_too_long,
  'name/hidden-characters': m.refusal_name_hidden_characters,
  'name/no-letters': m.refusal_name_no_letters,
  'name/too-many-marks': m.refusal_name_too_many_marks,
  'name/taken': m.refusal_name_taken,
  'name/reserved': m.refusal_name_reserved,
  'pin/required': m.refusal_pin_required,
  'pin/wrong': m.refusal_pin_wrong,
  'roster/twice': m.refusal_roster_twice,
  'roster/too-long': ({ max }) => m.refusal_roster_too_long({ max: amount(max) }),
  'rejoin/invalid-link': m.refusal_rejoin_invalid_link,
  'player/removed': m.refusal_player_removed,
  'player/not-found': m.refusal_player_not_found,
  'round/none': m.refusal_round_none,
  'round/running': m.refusal_round_running,
  'round/other': m.refusal_round_other,
  'round/not-running': m.refusal_round_not_running,
  'round/invalid-limit': m.refusal_round_invalid_limit,
  'scenario/not-found': m.refusal_scenario_not_found,
  'scenario/invalid': m.refusal_scenario_invalid,
  'table/not-found': m.refusal_table_not_found,
  'table/not-started': m.refusal_table_not_started,
  'table/paused': m.refusal_table_paused,
  'table/ended': m.refusal_table_ended,
  'seat/not-yours': m.refusal_seat_not_yours,
  'seat/not-allowed': m.refusal_seat_not_allowed,
  'segment/invalid': m.refusal_segment_invalid,
  'label/not-asked': m.refusal_label_not_asked,
  'marks/not-yet': m.refusal_marks_not_yet,
  'hint/none-left': m.refusal_hint_none_left,
  'hint/nothing-due': m.refusal_hint_nothing_due,
  'link/out-of-range': ({ field, min, max }) =>
    m.refusal_link_out_of_range({ field: conditionName(`${field}`), min: amount(min), max: amount(max) }),
  'link/infeasible': infeasible,
  'link/not-allowed': m.refusal_link_not_allowed,
  'flight/gone': m.refusal_flight_gone,
  'flight/not-held': m.refusal_flight_not_held,
  'budget/spent': m.refusal_budget_spent,
  'cable/already': m.refusal_cable_already,
  'prediction/not-asked': m.refusal_prediction_not_asked,
  'bluff/not-allowed': m.refusal_bluff_not_allowed,
  'bluff/spent': m.refusal_bluff_spent,
  'call/too-late': m.refusal_call_too_late,
  'call/already': m.refusal_call_already,
  'storm/invalid-length': ({ minS, maxS }) =>
    m.refusal_storm_invalid_length({ min: amount(minS), max: amount(maxS) }),
  'poll/none': m.refusal_poll_none,
  'poll/not-found': m.refusal_poll_not_found,
  'poll/over': m.refusal_poll_over,
  'screen/not-shown': m.refusal_screen_not_shown,
  'screen/exam-running': m.refusal_screen_exam_running,
  'clock/invalid-rate': m.refusal_clock_invalid_rate,
};

/** Why conditions cannot be had together: each field has its own reason. */
function infeasible({ field, burstSegments, max }: With): string {
  switch (field) {
    case 'reorderPct':
      return m.refusal_link_infeasible_reorder();
    case 'rateBps':
      return m.refusal_link_infeasible_rate();
    default:
      return m.refusal_link_infeasible_loss({ burst: amount(burstSegments), max: amount(max) });
  }
}

function amount(value: string | number | undefined): string {
  return typeof value === 'number' ? new Intl.NumberFormat(getLocale()).format(value) : (value ?? '?');
}

/**
 * What a refusal says to the person who was refused: what to do, in their language, with the bounds that were
 * crossed.
 */
export function refusalText({ code, with: given = {} }: Refusal): string {
  // A newer server may know a code that this page does not.
  const sentence = SENTENCES[code] as ((given: With) => string) | undefined;
  return sentence?.(given) ?? m.refusal_server_fault();
}

/** What it says to an instructor, who has no teacher to ask. */
export function teacherRefusalText(refusal: Refusal): string {
  return refusal.code === 'name/taken' ? m.teach_name_taken() : refusalText(refusal);
}

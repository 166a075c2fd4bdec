import { withDefaults } from '../with-defaults.ts';
import type { Scenario } from '../types.ts';
import { ABORT } from './abort.ts';
import { ARRIVES_TWICE } from './arrives-twice.ts';
import { BAD_WEATHER } from './bad-weather.ts';
import { BLUFF } from './bluff.ts';
import { CLOSE_BY_CLIENT } from './close-by-client.ts';
import { CLOSE_BY_SERVER } from './close-by-server.ts';
import { DATA_AND_ACKS } from './data-and-acks.ts';
import { EXAM } from './exam.ts';
import { FULL_BACKLOG } from './full-backlog.ts';
import { FULL_LIFE } from './full-life.ts';
import { FULL_LIFE_UNGUARDED } from './full-life-unguarded.ts';
import { GAP_IN_THE_DATA } from './gap.ts';
import { HALF_CLOSE } from './half-close.ts';
import { HALF_OPEN_AFTER_CRASH } from './half-open-after-crash.ts';
import { LOST_ACK_OF_FIN } from './lost-ack-of-fin.ts';
import { LOST_FIN } from './lost-fin.ts';
import { LOST_LAST_ACK } from './lost-last-ack.ts';
import { LOST_SYN } from './lost-syn.ts';
import { LOST_SYN_ACK } from './lost-syn-ack.ts';
import { LOST_THIRD_ACK } from './lost-third-ack.ts';
import { NEAR_THE_WRAP } from './near-the-wrap.ts';
import { OLD_DATA_NEW_CONNECTION } from './old-data-new-connection.ts';
import { OLD_DUPLICATE_SYN } from './old-duplicate-syn.ts';
import { PORT_CLOSED } from './port-closed.ts';
import { REFEREE } from './referee.ts';
import { SIMULTANEOUS_CLOSE } from './simultaneous-close.ts';
import { SIMULTANEOUS_OPEN } from './simultaneous-open.ts';
import { SYN_COOKIES } from './syn-cookies.ts';
import { TALKING_TO_NOBODY } from './talking-to-nobody.ts';
import { THE_FLAGS } from './the-flags.ts';
import { THREE_SEGMENT_CLOSE } from './three-segment-close.ts';
import { THREE_WAY_HANDSHAKE } from './three-way-handshake.ts';
import { TIME_WAIT_CUT_SHORT } from './time-wait-cut-short.ts';
import { ZERO_WINDOW } from './zero-window.ts';

/** The lab's own scenarios, in the order in which they are best learned. */
export const LIBRARY: readonly Scenario[] = [
  THREE_WAY_HANDSHAKE,
  THE_FLAGS,
  DATA_AND_ACKS,
  CLOSE_BY_CLIENT,
  CLOSE_BY_SERVER,
  THREE_SEGMENT_CLOSE,
  HALF_CLOSE,
  FULL_LIFE,
  LOST_SYN,
  LOST_SYN_ACK,
  LOST_THIRD_ACK,
  GAP_IN_THE_DATA,
  ARRIVES_TWICE,
  ZERO_WINDOW,
  LOST_FIN,
  LOST_ACK_OF_FIN,
  LOST_LAST_ACK,
  PORT_CLOSED,
  ABORT,
  TALKING_TO_NOBODY,
  HALF_OPEN_AFTER_CRASH,
  OLD_DUPLICATE_SYN,
  FULL_BACKLOG,
  SYN_COOKIES,
  OLD_DATA_NEW_CONNECTION,
  TIME_WAIT_CUT_SHORT,
  SIMULTANEOUS_OPEN,
  SIMULTANEOUS_CLOSE,
  NEAR_THE_WRAP,
  BLUFF,
  REFEREE,
  FULL_LIFE_UNGUARDED,
  BAD_WEATHER,
  EXAM,
].map(withDefaults);

const BY_ID = new Map(LIBRARY.map((scenario) => [scenario.id, scenario]));

export function scenarioById(id: string): Scenario | undefined {
  return BY_ID.get(id);
}

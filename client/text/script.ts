import type { ScriptedFault, Side, When } from '../../shared/scenario/types.ts';
import { FLAG_LETTERS } from '../../shared/tcp/notation.ts';
import { flagNames } from '../../shared/tcp/segment.ts';
import { m } from '../paraglide/messages.js';
import { seconds } from './seconds.ts';
import { inSentence } from './seat.ts';

/** By tcpdump's letters. */
const NAMES: ReadonlyMap<string, string> = new Map(
  FLAG_LETTERS.map(([letter, bit]) => [letter, flagNames(bit).join()]),
);

/** Flags in tcpdump's letters (`S.`) by their names: `SYN,ACK`. */
export function flagsText(letters: string): string {
  return [...letters].map((letter) => NAMES.get(letter) ?? letter).join(',');
}

/** A scenario's pattern (`S.`, `. 11 octets`, `*`) by the flags' names. */
function patternText(pattern: string): string {
  const [flags = '', ...rest] = pattern.trim().split(/\s+/);
  if (flags === '*') return m.script_any();
  return [flagsText(flags), ...rest].join(' ');
}

/**
 * When something scripted happens, told to the instructor. `side`: whose it is, where nothing else is said.
 */
export function whenText(when: When, side: Side): string {
  if ('atMs' in when) return m.script_at({ time: seconds(when.atMs) });
  const who = inSentence(when.side ?? side);
  const what =
    'state' in when
      ? m.script_state({ who, state: when.state })
      : 'arrived' in when
        ? m.script_arrived({ who, segment: patternText(when.arrived), nth: when.nth ?? 1 })
        : m.script_received({ who, octets: when.received });
  return when.afterMs ? m.script_after({ what, time: seconds(when.afterMs) }) : what;
}

/** What the script does to a segment. */
export function faultText({ from, match, nth, fault, ms }: ScriptedFault): string {
  const inputs = {
    from: inSentence(from),
    segment: patternText(match),
    nth,
    time: seconds(ms ?? 0),
  };
  switch (fault) {
    case 'drop':
      return m.script_drop(inputs);
    case 'duplicate':
      return m.script_duplicate(inputs);
    case 'delay':
      return m.script_delay(inputs);
    case 'corrupt':
      return m.script_corrupt(inputs);
    case 'hold':
      return m.script_hold(inputs);
    case 'reorder':
      return m.script_reorder(inputs);
  }
}

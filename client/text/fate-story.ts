import type { Fate, LossReason, Strike } from '../../shared/link/fate.ts';
import { segmentOf } from '../../shared/table/flight-id.ts';
import type { TraceItem } from '../../shared/table/trace.ts';
import { m } from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';
import { seconds } from './seconds.ts';

/** One thing that happened to a segment. */
export interface StoryLine {
  /** The dice that decided it: `loss 0.12 < 0.20`; null: none did. */
  readonly die: string | null;
  readonly words: string;
}

type Sent = TraceItem & { readonly kind: 'sent' };
type Die = 'duplicate' | 'loss' | 'corrupt' | 'reorder';

const DICE: readonly Die[] = ['duplicate', 'loss', 'corrupt', 'reorder'];
const NAMES = {
  duplicate: m.story_die_duplicate,
  loss: m.story_die_loss,
  corrupt: m.story_die_corrupt,
  reorder: m.story_die_reorder,
  delay: m.story_die_delay,
};
const HIT = {
  duplicate: m.story_duplicate_hit,
  loss: m.story_loss_hit,
  corrupt: m.story_corrupt_hit,
  reorder: m.story_reorder_hit,
};
const MISS = {
  duplicate: m.story_duplicate_miss,
  loss: m.story_loss_miss,
  corrupt: m.story_corrupt_miss,
  reorder: m.story_reorder_miss,
};
const SCRIPT: Readonly<Record<Strike, () => string>> = {
  drop: m.story_script_drop,
  duplicate: m.story_script_duplicate,
  delay: m.story_script_delay,
  corrupt: m.story_script_corrupt,
  hold: m.story_script_hold,
  reorder: m.story_script_reorder,
};

/**
 * What became of a segment and why: the dice in netem's order, the exercise's doing, and then whatever hands,
 * cable and time did to it.
 */
export function fateStory(item: Sent, trace: readonly TraceItem[]): readonly StoryLine[] {
  const { fate, ms } = item;
  if (!fate) return [];
  const stormy = trace.findLast((it) => it.kind === 'storm' && it.ms <= ms);
  const sent = m.story_sent({ time: seconds(ms), version: fate.conditionsVersion });
  return [
    said(stormy?.kind === 'storm' && stormy.on ? `${sent}${m.teach_comma()}${m.story_storm()}` : sent),
    ...diceOf(fate),
    ...(fate.lost === 'limit' ? [said(m.story_lost_limit())] : []),
    ...(fate.script ?? []).map((strike) => said(SCRIPT[strike]())),
    ...fate.copies.map(({ arrivesMs }, i) =>
      said((i === 0 ? m.story_way : m.story_copy_way)({ time: seconds(arrivesMs - ms, 2) })),
    ),
    ...afterwards(item, trace),
  ];
}

function diceOf({ rolls, copies, lost }: Fate): readonly StoryLine[] {
  if (Object.keys(rolls).length === 0) return [said(m.story_no_dice())];
  const hit = (die: Die, prefix: '' | 'copy' = ''): boolean => {
    const [roll, below] = pairOf(rolls, die, prefix);
    if (roll === undefined) return false;
    if (below !== undefined) return roll < below;
    // A log from the time before the thresholds: what came of it tells.
    return die === 'duplicate'
      ? copies.length > 1
      : die === 'corrupt'
        ? copies.some((c) => c.corrupted)
        : lost === 'loss';
  };
  const line = (die: Die, prefix: '' | 'copy'): StoryLine[] => {
    const [roll, below] = pairOf(rolls, die, prefix);
    if (roll === undefined) return [];
    const name = prefix === 'copy' ? m.story_of_copy({ die: NAMES[die]() }) : NAMES[die]();
    return [{ die: `${name} ${compared(roll, below)}`, words: (hit(die, prefix) ? HIT : MISS)[die]() }];
  };
  const delay = rolls['delay'];
  return [
    ...line('duplicate', ''),
    ...line('loss', ''),
    ...(hit('duplicate') && hit('loss') ? [said(m.story_one_left())] : []),
    ...DICE.slice(2).flatMap((die) => line(die, '')),
    ...DICE.slice(1).flatMap((die) => line(die, 'copy')),
    ...(delay === undefined
      ? []
      : [{ die: `${NAMES.delay()} ${fixed(delay, 2)}`, words: m.story_delay({ share: percent(delay) }) }]),
  ];
}

function pairOf(
  rolls: Fate['rolls'],
  die: Die,
  prefix: '' | 'copy',
): readonly [roll: number | undefined, below: number | undefined] {
  const key = prefix === '' ? die : `copy${die.charAt(0).toUpperCase()}${die.slice(1)}`;
  return [rolls[key], rolls[`${key}Below`]];
}

/** `0.12 < 0.20`, with as many digits as it takes to see the difference. */
function compared(roll: number, below: number | undefined): string {
  if (below === undefined) return fixed(roll, 2);
  let digits = 2;
  while (digits < 6 && fixed(roll, digits) === fixed(below, digits)) digits += 1;
  return `${fixed(roll, digits)} ${roll < below ? '<' : '≥'} ${fixed(below, digits)}`;
}

const LOST: Readonly<Partial<Record<LossReason | 'corrupt', (inputs: { time: string }) => string>>> = {
  cable: m.story_lost_cable,
  touch: m.story_lost_touch,
  corrupt: m.story_lost_corrupt,
};

function afterwards({ id }: Sent, trace: readonly TraceItem[]): readonly StoryLine[] {
  let arrivals = 0;
  return trace.flatMap((it): StoryLine[] => {
    const time = seconds(it.ms);
    switch (it.kind) {
      case 'touch': {
        // The script's own hand was told with the fate; what it lets go, it lets go later.
        if (segmentOf(it.id) !== id) return [];
        if (it.touch === 'release') return [said(m.story_release({ time }))];
        if (it.by === 'script' || it.touch === 'drop') return [];
        return [said((it.touch === 'hold' ? m.story_hold : m.story_duplicate)({ time }))];
      }
      case 'arrived':
        if (it.id !== id) return [];
        arrivals += 1;
        return [said((arrivals === 1 ? m.story_arrived : m.story_arrived_again)({ time }))];
      case 'lost': {
        const words = it.id === id ? LOST[it.why] : undefined;
        return words ? [said(words({ time }))] : [];
      }
      default:
        return [];
    }
  });
}

function said(words: string): StoryLine {
  return { die: null, words };
}

function fixed(value: number, digits: number): string {
  return new Intl.NumberFormat(getLocale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

function percent(share: number): string {
  return new Intl.NumberFormat(getLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

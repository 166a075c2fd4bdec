import { ACK, has, SYN } from '../tcp/segment.ts';
import type { CapturedSegment } from './captured-segment.ts';
import { Conversation } from './conversation.ts';
import { Line } from './line.ts';
import { OUTLOOK } from './outlook.ts';
import type { Told } from './told.ts';

/** Tells a capture's segments as what two ends did, in the order of the file. */
export interface Teller {
  take(captured: CapturedSegment): void;
  /** How many segments, moments and connections are kept in mind. */
  readonly kept: number;
  /** Nothing more comes. */
  end(): void;
}

/** What bounds the memory that telling takes. */
export interface Limits {
  /**
   * A segment is looked at when so many more of its connection are known: what follows shows what was lost.
   */
  readonly outlook: number;
  /** So many segments may wait to be told before the oldest is told as far as it is understood. */
  readonly untold: number;
  /** So many of those may go on waiting for word of what became of them; the oldest have then arrived. */
  readonly guessed: number;
  /** So many connections are kept in mind. */
  readonly channels: number;
  /** So many of them may be over: a late copy of what it ended with still belongs to each. */
  readonly over: number;
  /** After so many segments of others a connection counts as silent. */
  readonly silentAfter: number;
}

const LIMITS: Limits = {
  outlook: OUTLOOK,
  untold: 8192,
  guessed: 8192,
  channels: 4096,
  over: 256,
  silentAfter: 2048,
};

/** Everything between two ports, one connection after the other. */
interface Channel {
  conversation: Conversation;
  readonly upcoming: Line[];
  touched: number;
}

/**
 * Hands over each segment with its states and verdict, as soon as it is understood; memory is bounded however
 * long the capture is.
 */
export function teller(onTold: (told: Told) => void, limits: Limits = LIMITS): Teller {
  const { silentAfter } = limits;
  const channels = new Map<string, Channel>();
  /** Names of channels that are silent and whose connection is over, the longest first. */
  const over = new Set<string>();
  let untold: Line[] = [];
  let toldUpTo = 0;
  let guessed: { readonly line: Line; readonly conversation: Conversation }[] = [];
  let conversations = 0;
  let taken = 0;

  const look = (channel: Channel): void => {
    const line = channel.upcoming.shift();
    if (!line) return;
    if (isDamaged(line)) {
      channel.conversation.passOver(line);
      return;
    }
    const rest: readonly Line[] = channel.upcoming.some(isDamaged)
      ? channel.upcoming.filter((one) => !isDamaged(one))
      : channel.upcoming;
    if (channel.conversation.isBegunAnewBy(line, rest)) {
      channel.conversation = channel.conversation.followedBy(conversations++, line);
    }
    channel.conversation.take(line, rest);
  };
  const finish = (channel: Channel): void => {
    while (channel.upcoming.length > 0) look(channel);
    channel.conversation.finish();
  };
  const tell = (): void => {
    for (;;) {
      const line = untold[toldUpTo];
      if (!line?.ready) break;
      onTold(line.told());
      toldUpTo++;
    }
    if (toldUpTo > limits.untold / 2) {
      untold = untold.slice(toldUpTo);
      toldUpTo = 0;
    }
  };
  const hurry = (): void => {
    const line = untold[toldUpTo];
    const channel = line && channels.get(channelName(line.captured));
    if (!channel) return;
    while (channel.upcoming.includes(line)) look(channel);
    channel.conversation.guess(line);
    guessed.push({ line, conversation: channel.conversation });
    if (guessed.length >= 2 * limits.guessed) {
      for (const one of guessed.slice(0, limits.guessed)) one.conversation.hearUpTo(one.line);
      guessed = guessed.slice(limits.guessed);
    }
    tell();
  };
  const restSilent = (): void => {
    for (const [name, channel] of channels) {
      if (channel.touched < taken - silentAfter && channel.touched >= taken - 3 * silentAfter) {
        while (channel.upcoming.length > 0) look(channel);
        channel.conversation.rest();
        if (channel.conversation.seemsOver()) over.add(name);
      }
    }
    dropOver(limits.over);
    forgetFinished();
  };
  const forgetFinished = (): void => {
    guessed = guessed.filter(({ conversation }) => !conversation.isFinished);
  };
  const drop = (name: string, channel: Channel): void => {
    finish(channel);
    channels.delete(name);
    over.delete(name);
  };
  /** Those that were over first go first. */
  const dropOver = (kept: number): void => {
    for (const name of over) {
      if (over.size <= kept) break;
      const channel = channels.get(name);
      if (channel) drop(name, channel);
    }
  };
  const makeRoom = (): void => {
    dropOver(0);
    const oldestFirst = [...channels].sort(([, a], [, b]) => a.touched - b.touched);
    for (const [name, channel] of oldestFirst.slice(0, channels.size - limits.channels / 2))
      drop(name, channel);
    forgetFinished();
  };

  return {
    take(captured) {
      const line = new Line(captured);
      const name = channelName(captured);
      let channel = channels.get(name);
      if (!channel) {
        if (channels.size >= limits.channels) makeRoom();
        channel = {
          conversation: new Conversation(conversations++, clientOf(captured)),
          upcoming: [],
          touched: 0,
        };
        channels.set(name, channel);
      }
      channel.touched = taken++;
      over.delete(name);
      if (taken % silentAfter === 0) restSilent();
      channel.upcoming.push(line);
      untold.push(line);
      if (channel.upcoming.length > limits.outlook) look(channel);
      tell();
      while (untold.length - toldUpTo > limits.untold) hurry();
    },
    get kept() {
      let kept = untold.length + guessed.length + channels.size;
      for (const { conversation, upcoming } of channels.values()) kept += conversation.kept + upcoming.length;
      return kept;
    },
    end() {
      for (const channel of channels.values()) finish(channel);
      tell();
    },
  };
}

function isDamaged({ captured }: Line): boolean {
  return captured.isDamaged;
}

function channelName({ from, to }: CapturedSegment): string {
  return from < to ? `${from} ${to}` : `${to} ${from}`;
}

/**
 * Who sent the SYN; where no SYN begins it, the higher port is the client's, since servers have the
 * well-known ones.
 */
function clientOf({ from, to, fromPort, toPort, seg }: CapturedSegment): string {
  if (has(seg, SYN)) return has(seg, ACK) ? to : from;
  if (fromPort === toPort) return from;
  return fromPort > toPort ? from : to;
}

import { ACK, has, SYN } from '../tcp/segment.ts';
import type { CapturedSegment } from './captured-segment.ts';
import { Conversation } from './conversation.ts';
import { Line } from './line.ts';
import type { Told } from './told.ts';

/** Tells a capture's segments as what two ends did, in the order of the file. */
export interface Teller {
  take(captured: CapturedSegment): void;
  /** Nothing more comes. */
  end(): void;
}

/** A segment is looked at when so many more of its connection are known: what follows shows what was lost. */
const OUTLOOK = 32;
/** So many segments may wait to be told before the oldest is told as far as it is understood. */
const MOST_UNTOLD = 20_000;
/** So many connections are kept in mind. */
const MOST_CHANNELS = 4096;
/** After so many segments of others a connection counts as silent. */
const SILENT_AFTER = 2048;

/** Everything between two ports, one connection after the other. */
interface Channel {
  conversation: Conversation;
  readonly upcoming: Line[];
  touched: number;
}

/** Hands over each segment with its states and verdict, as soon as it is understood; memory is bounded however long the capture is. */
export function teller(onTold: (told: Told) => void): Teller {
  const channels = new Map<string, Channel>();
  let untold: Line[] = [];
  let toldUpTo = 0;
  let conversations = 0;
  let taken = 0;

  const look = (channel: Channel): void => {
    const line = channel.upcoming.shift();
    if (!line) return;
    const rest: readonly Line[] = channel.upcoming;
    if (channel.conversation.isBegunAnewBy(line, rest)) {
      channel.conversation.finish();
      channel.conversation = new Conversation(conversations++, line.captured.from);
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
    if (toldUpTo > 4096) {
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
    tell();
  };
  const restSilent = (): void => {
    for (const channel of channels.values()) {
      if (channel.touched < taken - SILENT_AFTER && channel.touched >= taken - 3 * SILENT_AFTER) {
        while (channel.upcoming.length > 0) look(channel);
        channel.conversation.rest();
      }
    }
  };
  const makeRoom = (): void => {
    const oldestFirst = [...channels].sort(([, a], [, b]) => a.touched - b.touched);
    for (const [name, channel] of oldestFirst.slice(0, MOST_CHANNELS / 2)) {
      finish(channel);
      channels.delete(name);
    }
  };

  return {
    take(captured) {
      const line = new Line(captured);
      const name = channelName(captured);
      let channel = channels.get(name);
      if (!channel) {
        if (channels.size >= MOST_CHANNELS) makeRoom();
        channel = {
          conversation: new Conversation(conversations++, clientOf(captured)),
          upcoming: [],
          touched: 0,
        };
        channels.set(name, channel);
      }
      channel.touched = taken++;
      if (taken % SILENT_AFTER === 0) restSilent();
      channel.upcoming.push(line);
      untold.push(line);
      if (channel.upcoming.length > OUTLOOK) look(channel);
      tell();
      while (untold.length - toldUpTo > MOST_UNTOLD) hurry();
    },
    end() {
      for (const channel of channels.values()) finish(channel);
      tell();
    },
  };
}

function channelName({ from, to }: CapturedSegment): string {
  return from < to ? `${from} ${to}` : `${to} ${from}`;
}

/** Who sent the SYN; where no SYN begins it, the higher port is the client's, since servers have the well-known ones. */
function clientOf({ from, to, fromPort, toPort, seg }: CapturedSegment): string {
  if (has(seg, SYN)) return has(seg, ACK) ? to : from;
  if (fromPort === toPort) return from;
  return fromPort > toPort ? from : to;
}

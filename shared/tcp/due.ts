import type { Why } from './cause.ts';
import { ACK, PSH, type Segment } from './segment.ts';

/** Control bits that a rule may look at. PSH (§3.9.1.2), ECE and CWR (RFC 3168) never decide legality. */
export interface FlagTemplate {
  /** All of these bits must be set. */
  readonly required: number;
  /** These may be set. */
  readonly optional: number;
  /** None of these may be set. */
  readonly forbidden: number;
}

/** A template of a segment that would answer one or more open causes. */
export interface Due {
  readonly why: Why;
  /** RFC 9293 section. */
  readonly section: string;
  readonly flags: FlagTemplate;
  readonly seq: number;
  /** What the acknowledgment field must hold if the ACK flag is set; null if that flag has no place here. */
  readonly ack: number | null;
  /** Octets of payload, both bounds included. */
  readonly data: { readonly min: number; readonly max: number };
  /** Ids of the open causes that it answers, oldest first. Empty for what is merely allowed. */
  readonly causes: readonly number[];
  /** Nothing to send is right as well. */
  readonly optional: boolean;
  /** What a kernel would put into it: see {@link fill}. */
  readonly plain: { readonly dataOctets: number; readonly wnd: number; readonly text?: string };
}

/**
 * The plainest segment that fits the template: as much data as goes into one segment, no flag that is not
 * needed.
 */
export function fill(due: Due): Segment {
  const { dataOctets, wnd, text } = due.plain;
  const flags = due.flags.required | (dataOctets > 0 ? PSH : 0);
  const ack = flags & ACK ? (due.ack ?? 0) : 0;
  return text === undefined
    ? { seq: due.seq, ack, flags, wnd, dataOctets }
    : { seq: due.seq, ack, flags, wnd, dataOctets, text };
}

/** Whether a segment fits the template in every field. */
export function fits(due: Due, seg: Segment): boolean {
  const { required, forbidden } = due.flags;
  return (
    (seg.flags & required) === required &&
    (seg.flags & forbidden) === 0 &&
    seg.seq === due.seq &&
    ((seg.flags & ACK) === 0 || seg.ack === due.ack) &&
    seg.dataOctets >= due.data.min &&
    seg.dataOctets <= due.data.max
  );
}

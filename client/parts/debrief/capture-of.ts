import { writePcapng } from '../../../shared/capture/write-pcapng.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import { seconds } from '../../text/seconds.ts';
import { m } from '../../paraglide/messages.js';

/**
 * The conversation as a pcapng file, as somebody in the middle would have captured it: each segment once,
 * when it was sent. What became of it and what the judge said stands in its comment. `zeroAt`: epoch ms of
 * the table's beginning.
 */
export function captureOf(trace: readonly TraceItem[], zeroAt: number, title: string): Uint8Array {
  const lost = new Set(trace.flatMap((item) => (item.kind === 'lost' ? [item.id] : [])));
  const segments = trace.flatMap((item) => {
    if (item.kind !== 'sent') return [];
    const words = [
      item.again ? m.diagram_again() : '',
      lost.has(item.id) ? m.diagram_fate_lost() : '',
      item.verdict?.verdict === 'wrong' ? m.diagram_wrong() : '',
      item.bluff ? m.diagram_bluff() : '',
    ].filter((word) => word !== '');
    return [
      {
        at: zeroAt + item.ms,
        from: item.side,
        seg: item.seg,
        ...(words.length > 0 && { comment: `${seconds(item.ms)} · ${words.join(m.diagram_comma())}` }),
      },
    ];
  });
  return writePcapng(segments, { comment: title });
}

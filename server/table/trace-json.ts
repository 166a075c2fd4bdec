import type { TraceItem, TracePiece } from '../../shared/table/types.ts';

/**
 * `JSON.stringify` of pieces of trace, for all who are shown the same happening at once. Each sees something else of it, but the segment, the
 * verdict and the fate are the same objects, and are written once; and nearly every item is one that was sent or has
 * arrived. (JSON was half of what the views of a table took.)
 */
export class TraceJson {
  readonly #written = new Map<object, string>();

  of({ lens, from, items }: TracePiece): string {
    let texts = '';
    for (const item of items) texts += texts === '' ? this.#item(item) : `,${this.#item(item)}`;
    return `{"lens":"${lens}","from":${from},"items":[${texts}]}`;
  }

  #item(item: TraceItem): string {
    switch (item.kind) {
      case 'sent': {
        const { ms, side, id, seg, again, by, verdict, fate, bluff } = item;
        return (
          `{"ms":${ms},"kind":"sent","side":"${side}","id":"${id}","seg":${this.#once(seg)},"again":${again},"by":"${by}"` +
          (verdict === undefined ? '' : `,"verdict":${this.#once(verdict)}`) +
          (fate === undefined ? '' : `,"fate":${this.#once(fate)}`) +
          (bluff === undefined ? '}' : ',"bluff":true}')
        );
      }
      case 'arrived': {
        const { ms, side, seg, id, sentMs } = item;
        const begin = `{"ms":${ms},"kind":"arrived","side":"${side}","seg":${this.#once(seg)}`;
        return id === undefined ? `${begin}}` : `${begin},"id":"${id}","sentMs":${sentMs}}`;
      }
      default:
        return JSON.stringify(item);
    }
  }

  #once(part: object): string {
    let text = this.#written.get(part);
    if (text === undefined) {
      text = JSON.stringify(part);
      this.#written.set(part, text);
    }
    return text;
  }
}

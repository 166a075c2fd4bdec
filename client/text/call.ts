import type { AppCall } from '../../shared/scenario/types.ts';

/** A call as a programmer writes it; the same in every language. */
export function callText(call: AppCall): string {
  switch (call.call) {
    case 'write':
      return `write(${JSON.stringify(call.text)})`;
    case 'stop-reading':
      return 'stop reading';
    case 'start-reading':
      return 'read()';
    default:
      return `${call.call}()`;
  }
}

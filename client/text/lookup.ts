import { m } from '../paraglide/messages.js';

type Message = (inputs: Readonly<Record<string, unknown>>) => string;

/**
 * A message whose name is made from a code (`fault_M01`), or null if the catalogues have none. For codes of the
 * judge only: logs are for ever, and an old one may hold a code that this build does not know.
 */
export function lookup(name: string, inputs: Readonly<Record<string, unknown>> = {}): string | null {
  const key = name.replaceAll('-', '_');
  const messages = m as unknown as Readonly<Record<string, Message | undefined>>;
  return messages[key]?.(inputs) ?? null;
}

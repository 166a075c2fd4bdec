type Message = (inputs: Readonly<Record<string, unknown>>) => string;

/** The families of messages that are named after codes; only these are fetched whole. */
const modules = import.meta.glob<Readonly<Record<string, Message>>>(
  '../paraglide/messages/{fault,why,slip}_*.js',
  { eager: true },
);
const messages: Readonly<Record<string, Message | undefined>> = Object.assign({}, ...Object.values(modules));

/**
 * A message whose name is made from a code (`fault_M01`), or null if the catalogues have none. For codes of
 * the judge only: logs are for ever, and an old one may hold a code that this build does not know.
 */
export function lookup(name: string, inputs: Readonly<Record<string, unknown>> = {}): string | null {
  return messages[name.replaceAll('-', '_')]?.(inputs) ?? null;
}

import { expect, test } from 'vitest';
import settings from './project.inlang/settings.json';

const catalogues = import.meta.glob<Record<string, unknown>>('./messages/*/*.json', {
  eager: true,
  import: 'default',
});

/** One locale's messages, by file. */
function catalogue(locale: string): Map<string, Record<string, unknown>> {
  const folder = `./messages/${locale}/`;
  const mine = Object.entries(catalogues).filter(([path]) => path.startsWith(folder));
  return new Map(mine.map(([path, messages]) => [path.slice(folder.length), messages]));
}

const base = catalogue(settings.baseLocale);

/** The inputs a message takes, in whatever form it is written: `{ms}`, or variants with declarations. */
const inputs = (message: unknown) =>
  [...new Set(Array.from(JSON.stringify(message).matchAll(/\{(\w+)\}/g), ([, name]) => name))].sort();

test.each(settings.locales)('%s says everything the base says, with the same inputs', (locale) => {
  const translated = catalogue(locale);
  expect([...translated.keys()].sort()).toEqual([...base.keys()].sort());
  for (const [file, messages] of base) {
    const other = translated.get(file) ?? {};
    expect(Object.keys(other).sort(), file).toEqual(Object.keys(messages).sort());
    for (const [key, message] of Object.entries(messages)) {
      expect(inputs(other[key]), `${file}: ${key}`).toEqual(inputs(message));
    }
  }
});

test('no message is named in two files', () => {
  const names = [...base.values()].flatMap((messages) => Object.keys(messages));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('the compiler is given every file', () => {
  const given = settings['plugin.inlang.messageFormat'].pathPattern;
  expect(given.map((path) => path.replace('./messages/{locale}/', '')).sort()).toEqual(
    [...base.keys()].sort(),
  );
});

/** Said by the code of a fault, of a reason, of a slip: `lookup.ts` finds them by name. */
const BY_CODE = /^(fault|why|slip)_/;

test('every message is said somewhere', () => {
  const sources = import.meta.glob<string>(['./**/*.{ts,svelte}', '!./paraglide/**'], {
    eager: true,
    query: '?raw',
    import: 'default',
  });
  const said = new Set(
    Object.values(sources).flatMap((source) =>
      Array.from(source.matchAll(/\bm\.(\w+)/g), ([, name]) => name),
    ),
  );
  const names = [...base.values()].flatMap((messages) => Object.keys(messages));
  const unsaid = names.filter((name) => !name.startsWith('$') && !BY_CODE.test(name) && !said.has(name));
  expect(unsaid).toEqual([]);
});

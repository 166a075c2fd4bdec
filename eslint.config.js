import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './client/svelte.config.js';

/*
 * Who may import whom. In each list a folder may import the ones on the lines above it, never its own line's
 * neighbours and never the ones below.
 */
const SHARED = [['tcp', 'link'], ['scenario', 'capture'], ['table'], ['classroom', 'grading'], ['protocol']];
const SERVER = [['store'], ['table', 'lab'], ['classroom'], ['sockets', 'routes']];
const CLIENT = [['net'], ['state'], ['pages']];

/** Import paths of the given folders as seen from another folder at the same level: `../tcp/seq.ts`. */
const siblings = (folders) => ({
  regex: `^(\\.\\./)+(${folders.join('|')})/`,
  message: 'Against the import directions of CONTRIBUTING.md.',
});

const outside = (folders) => ({
  regex: `(^|/)(${folders.join('|')})/`,
  message: 'Against the import directions of CONTRIBUTING.md.',
});

const PURE_PACKAGES = {
  regex: '^(?!\\.|(typebox|vitest|fast-check)(/|$)|node:)',
  message: 'shared/ takes pure packages only (node: modules in tests; the compiler sees to that).',
};

/** One configuration for each folder of a side; `also` are the bans common to all of them. */
function layers(side, order, also, extra = {}) {
  const all = order.flat();
  const forbidden = (folder) => {
    const rank = order.findIndex((line) => line.includes(folder));
    return all.filter((other) => other !== folder && order.findIndex((line) => line.includes(other)) >= rank);
  };
  const config = (files, folders) => ({
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [...also, ...(folders.length > 0 ? [siblings(folders)] : [])] },
      ],
    },
  });
  return [
    config([`${side}/**/*.{ts,svelte}`], []),
    ...all.map((folder) =>
      config([`${side}/${folder}/**/*.{ts,svelte}`], [...forbidden(folder), ...(extra[folder] ?? [])]),
    ),
  ];
}

const TESTS = ['**/*.test.ts', '**/*.contract.ts', '**/*.testing.ts', 'e2e/**/*.ts'];

const typed = (files, project) => ({
  files,
  extends: [ts.configs.recommendedTypeChecked],
  languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
  rules: {
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // Fastify plugins and handlers are async by contract.
    '@typescript-eslint/require-await': 'off',
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  },
});

const clockOrChance = [
  {
    selector: "NewExpression[callee.name='Date'], CallExpression[callee.name='Date']",
    message: 'shared/ has no clock: take the instant as an argument.',
  },
];

export default defineConfig(
  { ignores: ['dist/', 'data/', 'client/paraglide/', 'e2e/results/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.recommended,
  svelte.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // A trace in a test is a statement: script`…`.
      '@typescript-eslint/no-unused-expressions': ['error', { allowTaggedTemplates: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },

  typed(['shared/**/*.ts'], 'shared/tsconfig.test.json'),
  typed(['server/**/*.ts'], 'server/tsconfig.json'),
  typed(['e2e/**/*.ts'], 'e2e/tsconfig.json'),

  // shared/: the same on server and browser; no I/O, no clock, no chance.
  ...layers('shared', SHARED, [outside(['server', 'client', 'e2e', 'tools']), PURE_PACKAGES], {
    capture: ['link'], // a capture knows tcp only
  }),
  {
    files: ['shared/*.ts'],
    ignores: ['shared/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            outside(['server', 'client', 'e2e', 'tools']),
            PURE_PACKAGES,
            {
              regex: `^\\./(${SHARED.flat().join('|')})/`,
              message: 'What stands at the root of shared/ is imported by all of it.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['shared/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Date',
          property: 'now',
          message: 'shared/ has no clock: take the instant as an argument.',
        },
        { object: 'Math', property: 'random', message: 'shared/ has no chance: use rng.ts and a seed.' },
      ],
      'no-restricted-syntax': ['error', ...clockOrChance],
    },
  },
  {
    files: ['shared/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'window', 'document', 'navigator', 'localStorage', 'fetch', 'console'],
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance', 'crypto'],
      ],
    },
  },

  // server/
  ...layers('server', SERVER, [outside(['client', 'e2e', 'tools'])]),
  { files: ['server/**/*.ts'], languageOptions: { globals: globals.node } },
  {
    files: ['server/**/*.ts'],
    ignores: [...TESTS, 'server/sockets/gone.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.property.name=/^(on|once|onAny|prependAny|addListener)$/][callee.object.name=/socket$/i]',
          message: 'Every message goes through the wrapper of server/sockets/guarded.ts.',
        },
      ],
    },
  },

  // client/
  ...layers('client', CLIENT, [outside(['server', 'e2e', 'tools'])]),
  {
    files: ['client/parts/**/*.{ts,svelte}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            outside(['server', 'e2e', 'tools']),
            { ...siblings(['net', 'state', 'pages']), message: 'A part has props and callbacks only.' },
          ],
        },
      ],
    },
  },
  {
    files: ['client/text/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            outside(['server', 'e2e', 'tools']),
            {
              ...siblings(['net', 'state', 'parts', 'pages']),
              message: 'A text knows only what it tells of.',
            },
          ],
        },
      ],
    },
  },
  { files: ['client/**/*.{ts,svelte}'], languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'no-undef': 'off', // svelte-check knows better
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/require-each-key': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "SvelteAttribute[key.name='style']:not(:has(SvelteMustacheTag))",
          message: 'A static style attribute is blocked by the Content-Security-Policy: use a class.',
        },
      ],
    },
  },

  // e2e: outside the browser, and from the project only types.
  {
    files: ['e2e/**/*.ts'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(^|/)(server|client)/',
              message: 'e2e drives the browser; it does not import what it tests.',
            },
          ],
        },
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(^|/)shared/',
              allowTypeImports: true,
              message: 'e2e drives the browser; from shared it takes types only.',
            },
          ],
        },
      ],
    },
  },

  // Tests hold made-up values against matchers that are typed `any`.
  {
    files: TESTS,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['tools/**/*.js', '*.config.{js,ts}', '**/vite.config.ts', '**/*.config.js'],
    languageOptions: { globals: globals.node },
  },
);

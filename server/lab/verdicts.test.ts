import { describe, expect, test } from 'vitest';
import { blocks, disagreements } from './verdicts.testing.ts';

describe('the table of verdicts', () => {
  test('has a few hundred rows, every state and every field', () => {
    const all = blocks();
    expect(new Set(all.map((block) => block.state[0])).size).toBe(11);
    expect(all.flatMap((block) => block.candidates).length).toBeGreaterThan(900);
  });

  test('holds', async () => {
    expect(await disagreements({ ours: 0, theirs: 0 })).toEqual([]);
  });
});

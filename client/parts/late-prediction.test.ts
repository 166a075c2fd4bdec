import { expect, test } from 'vitest';
import type { TraceItem } from '../../shared/table/trace.ts';
import type { Touch } from '../../shared/table/command.ts';
import { wasTooLate } from './late-prediction.ts';

const touch = (touch: Touch): TraceItem => ({
  ms: 0,
  kind: 'touch',
  id: 's1',
  from: 'client',
  touch,
  by: 'player',
});
const cable = (up: boolean): TraceItem => ({ ms: 0, kind: 'cable', up });
const predicted = { ms: 0, kind: 'prediction' } as TraceItem;

test('a question that went without an answer was answered by what happened', () => {
  expect(wasTooLate([])).toBe(true);
  expect(wasTooLate([touch('drop'), cable(false)])).toBe(true);
});

test('a prediction that was made did not come too late', () => {
  expect(wasTooLate([touch('drop'), predicted])).toBe(false);
});

test('what the link has undone itself leaves nothing to predict', () => {
  expect(wasTooLate([touch('hold'), touch('release')])).toBe(false);
  expect(wasTooLate([cable(false), cable(true)])).toBe(false);
});

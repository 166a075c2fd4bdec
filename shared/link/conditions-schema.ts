import { Type } from 'typebox';
import { DISTRIBUTIONS } from './check-conditions.ts';

/** Conditions from outside, by their types: `checkConditions` knows the bounds and what goes together. */
export const ConditionsSchema = Type.Object(
  {
    delayMs: Type.Number(),
    jitterMs: Type.Number(),
    distribution: Type.Enum(DISTRIBUTIONS),
    lossPct: Type.Number(),
    burstSegments: Type.Number(),
    duplicatePct: Type.Number(),
    corruptPct: Type.Number(),
    reorderPct: Type.Number(),
    rateSegmentsPerS: Type.Union([Type.Number(), Type.Null()]),
    rateBps: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
    limitSegments: Type.Number(),
  },
  { additionalProperties: false },
);

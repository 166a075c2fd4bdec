import type { Side } from '../../../shared/scenario/types.ts';

/**
 * Through whose eyes the diagram is drawn. `client`, `server`: the far lifeline lies in fog, and nothing is
 * known of it. `link`: what flies, and no states. `full`: everything, the fog lifted.
 */
export type DiagramLens = Side | 'link' | 'full';

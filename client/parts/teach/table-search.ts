/** Which tables of the grid are sought, and in which order they stand. */
export interface TableSearch {
  order: 'need' | 'number';
  filter: 'all' | 'help' | 'wrong' | 'away' | 'playing' | 'ended';
  /** A table's number, or part of a name. */
  words: string;
}

export const EVERY_TABLE: Readonly<TableSearch> = { order: 'need', filter: 'all', words: '' };

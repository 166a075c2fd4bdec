import type { PlayToServer, ServerToPlay } from '../../shared/protocol/messages.ts';
import type { RefusalCode } from '../../shared/refusals.ts';
import type { TableSnapshot } from '../../shared/table/table-view.ts';
import type { LabSocket } from '../net/socket.ts';
import { isPassing } from '../net/passing.ts';
import { TableState } from './table.svelte.ts';

/** What any of the namespaces has for those who look at a table. */
export type TableSocket = Pick<
  LabSocket<Pick<PlayToServer, 'table:watch' | 'table:leave'>, Pick<ServerToPlay, 'table:view'>>,
  'ask' | 'on' | 'onconnect' | 'isConnected'
>;

export interface Watching {
  /** A snapshot of a table that has ended is here: with it comes all that the debrief shows. */
  readonly onended?: (tableId: string) => void;
  /** Whether what was refused for this reason is asked for again; by default what passes by itself. */
  readonly isPassing?: (code: RefusalCode) => boolean;
}

const AGAIN_MS = 1500;

/**
 * Keeps the one table that a page looks at as the server has it: asks for a snapshot at each connection,
 * where something is missing between two views, and once the table has ended, for then a snapshot has more to
 * say.
 */
export class WatchedTable {
  readonly table = new TableState();
  readonly #watching: Watching;
  #socket: TableSocket | null = null;
  /** The table of which the snapshot after its end is here. */
  #unveiled: string | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(watching: Watching = {}) {
    this.#watching = watching;
  }

  /** From now on over this socket, which may be the next after one that was closed. */
  over(socket: TableSocket): void {
    this.#socket = socket;
    socket.on('table:view', (view) => {
      const isWhole = this.table.apply(view);
      if (!isWhole || (isEnded(view) && this.#unveiled !== view.tableId)) void this.ask();
    });
    socket.onconnect(() => void this.ask());
  }

  /** Looks at another table; null: at none. */
  turnTo(tableId: string | null): void {
    const left = this.table.id;
    if (left === tableId) return;
    this.table.turnTo(tableId);
    if (!this.#socket?.isConnected) return;
    if (tableId !== null) void this.ask();
    else if (left !== null) void this.#socket.ask('table:leave', { tableId: left });
  }

  /** Asks for a snapshot. */
  async ask(): Promise<void> {
    const socket = this.#socket;
    const tableId = this.table.id;
    if (tableId === null || !socket) return;
    clearTimeout(this.#again);
    const reply = await socket.ask('table:watch', { tableId });
    if (tableId !== this.table.id || socket !== this.#socket) return;
    if (reply.ok) {
      if (isEnded(reply.value)) {
        this.#unveiled = tableId;
        this.#watching.onended?.(tableId);
      }
      this.table.begin(reply.value);
    } else if ((this.#watching.isPassing ?? isPassing)(reply.error.code)) {
      this.#again = setTimeout(() => void this.ask(), AGAIN_MS);
    }
  }

  /** Asks for nothing any more. */
  stop(): void {
    clearTimeout(this.#again);
    this.#socket = null;
  }
}

function isEnded({ now }: Partial<Pick<TableSnapshot, 'now'>>): boolean {
  return now?.as === 'full' && now.phase === 'ended';
}

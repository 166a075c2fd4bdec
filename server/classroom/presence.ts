/** A student's connection. */
export interface Occupant {
  /** What the token it came with is known by. */
  readonly tokenHash: string;
  /** Another connection of the same student has taken over. */
  readonly moved: () => void;
  /** The student is no longer of this classroom, or the classroom is no more. */
  readonly sentOff: (reason: 'removed' | 'closed') => void;
}

export interface PresenceListener {
  readonly came: (classroomId: string, player: string) => void;
  readonly left: (classroomId: string, player: string) => void;
}

/** Who is here: one connection for each student, the newest. */
export class Presence {
  readonly #here = new Map<string, Map<string, Occupant>>();
  readonly #listener: PresenceListener;

  constructor(listener: PresenceListener) {
    this.#listener = listener;
  }

  /**
   * Takes the student's place; the returned function gives it up, unless another connection has taken it
   * since.
   */
  enter(classroomId: string, player: string, occupant: Occupant): () => void {
    const here = this.#here.get(classroomId) ?? new Map<string, Occupant>();
    this.#here.set(classroomId, here);
    const before = here.get(player);
    here.set(player, occupant);
    if (before) before.moved();
    else this.#listener.came(classroomId, player);
    return () => {
      if (here.get(player) !== occupant) return;
      here.delete(player);
      if (here.size === 0 && this.#here.get(classroomId) === here) this.#here.delete(classroomId);
      this.#listener.left(classroomId, player);
    };
  }

  isHere(classroomId: string, player: string): boolean {
    return this.#here.get(classroomId)?.has(player) ?? false;
  }

  occupants(classroomId: string): ReadonlyMap<string, Occupant> {
    return this.#here.get(classroomId) ?? NOBODY;
  }
}

const NOBODY: ReadonlyMap<string, Occupant> = new Map();

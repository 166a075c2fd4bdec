/** The tables, as the newest migration leaves them. Instants are epoch ms; hashes are SHA-256, hex. */
export interface Schema {
  /** One row for each append: `entries` is a JSON array, `version` the number of entries before it. */
  log: { stream: string; version: number; entries: string };
  instructors: { id: string; name: string; created_at: number };
  sessions: { id_hash: string; instructor: string; created_at: number; seen_at: number };
  /** One-use links by which an instructor gets in. */
  setup_links: { token_hash: string; expires_at: number; used_at: number | null };
  /** Which classroom a code leads to. A code is never given twice. */
  classrooms: { id: string; code: string; owner: string; opened_at: number };
}

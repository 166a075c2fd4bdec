/** A token bucket: so many at once, so many a second in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perS: number;
}

/** How much one may ask for. Tests and measurements bring their own. */
export interface Limits {
  /** Messages of one connection, and of one seat over all its connections. */
  readonly messages: Rate;
  /** Of one connection, what is no message: its heartbeats, its pings, entering namespaces. */
  readonly smallTalk: Rate;
  /** So many messages too many, or unknown ones, within a minute end the connection. */
  readonly strikes: number;
  /** New connections, and new devices, from one address: a whole school may share it. */
  readonly handshakes: Rate;
  /**
   * Wrong codes of one device, or from an address where the lab knows none; who has used them up waits longer
   * for every further try.
   */
  readonly wrongCodes: Rate;
  /** The same of everybody together. */
  readonly allWrongCodes: Rate;
  /** People who join from one address. */
  readonly joins: Rate;
  /** Classrooms for practice from one address. */
  readonly practices: Rate;
  /** Instructor links tried from one address. */
  readonly setups: Rate;
  /** A client that does not read is dropped at so many packets or octets waiting for it. */
  readonly backlogPackets: number;
  readonly backlogOctets: number;
}

export const LIMITS: Limits = {
  messages: { burst: 20, perS: 5 },
  smallTalk: { burst: 20, perS: 0.5 },
  strikes: 3,
  handshakes: { burst: 300, perS: 5 },
  wrongCodes: { burst: 20, perS: 1 / 3 },
  allWrongCodes: { burst: 100, perS: 100 / 60 },
  joins: { burst: 300, perS: 5 },
  practices: { burst: 100, perS: 1 },
  setups: { burst: 20, perS: 1 / 3 },
  backlogPackets: 200,
  backlogOctets: 256 * 1024,
};

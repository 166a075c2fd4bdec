/**
 * An estimate of the server's clock. Of several readings the one with the shortest round trip is believed:
 * its error is at most half of that trip. Epoch ms.
 */
class ServerClock {
  #offsetMs = 0;
  #tripMs = Infinity;

  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** A reading: asked at `askedAt`, answered at `answeredAt` (this device's clock) with the server's `at`. */
  read(askedAt: number, answeredAt: number, at: number): void {
    const tripMs = answeredAt - askedAt;
    if (tripMs < 0 || tripMs > this.#tripMs) return;
    this.#tripMs = tripMs;
    this.#offsetMs = at - (askedAt + tripMs / 2);
  }

  /** After a pause the device's clock may have been set: the next reading counts, whatever its trip. */
  doubt(): void {
    this.#tripMs = Infinity;
  }
}

export const serverClock = new ServerClock();

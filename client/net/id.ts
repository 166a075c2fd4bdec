/** 128 random bits, hex. `crypto.randomUUID` is missing on plain HTTP, where most classrooms are. */
export function newId(): string {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

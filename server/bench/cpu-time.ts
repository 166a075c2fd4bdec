/**
 * CPU time that this process has used so far, ms. Unlike the clock on the wall it does not count what others
 * do meanwhile.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

import type { NetworkInterfaceInfo } from 'node:os';
import type { Config } from './config.ts';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/**
 * Where browsers find the lab, the likeliest for other devices first. With a public URL that is the only one;
 * a server that listens on all networks has one for each IPv4 address of the machine, or of IPv6 where there
 * is no other.
 */
export function addresses(
  { host, basePath, publicUrl }: Pick<Config, 'host' | 'basePath' | 'publicUrl'>,
  port: number,
  interfaces: Interfaces,
): string[] {
  if (publicUrl !== null) return [publicUrl];
  const url = (name: string) => `http://${name}${port === 80 ? '' : `:${port}`}${basePath}`;
  if (host !== '0.0.0.0' && host !== '::') return [url(host.includes(':') ? `[${host}]` : host)];

  const lan = (wanted: 'IPv4' | 'IPv6') =>
    Object.entries(interfaces)
      .flatMap(([name, infos = []]) =>
        infos
          .filter(
            ({ family, internal, address }) => family === wanted && !internal && !LINK_LOCAL.test(address),
          )
          .map(({ address }) => ({ address, rank: rank(name, address) })),
      )
      .sort((a, b) => a.rank - b.rank)
      .map(({ address }) => url(wanted === 'IPv6' ? `[${address}]` : address));
  const found = lan('IPv4');
  if (found.length === 0 && host === '::') found.push(...lan('IPv6'));
  return [...found, url('localhost')];
}

/** An address of IPv6 that means nothing without the name of an interface, which no browser takes. */
const LINK_LOCAL = /^fe[89ab][0-9a-f]:/i;

/** Bridges and tunnels of containers, virtual machines and VPNs: a phone on the Wi-Fi cannot reach them. */
const VIRTUAL = /^(docker|br-|veth|virbr|cni|flannel|tun|tap|wg|utun|zt|tailscale|vmnet|vboxnet|vEthernet)/i;

function rank(name: string, address: string): number {
  if (address.startsWith('169.254.')) return 2; // the machine gave it to itself (RFC 3927): no DHCP there
  return VIRTUAL.test(name) ? 1 : 0;
}

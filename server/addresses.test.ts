import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { addresses } from './addresses.ts';

const everywhere = { host: '0.0.0.0', basePath: '', publicUrl: null };

function ipv4(address: string, internal = false): NetworkInterfaceInfo[] {
  return [{ address, netmask: '255.255.255.0', family: 'IPv4', mac: '', internal, cidr: null }];
}

function ipv6(address: string): NetworkInterfaceInfo {
  return { address, netmask: '', family: 'IPv6', mac: '', internal: false, cidr: null, scopeid: 2 };
}

const laptop = {
  lo: ipv4('127.0.0.1', true),
  docker0: ipv4('172.17.0.1'),
  eth0: ipv4('169.254.3.4'),
  wlan0: [...ipv4('192.168.1.23'), ipv6('fe80::1')],
};

test('the Wi-Fi address comes before bridges, and an address without DHCP after them', () => {
  expect(addresses(everywhere, 3000, laptop)).toEqual([
    'http://192.168.1.23:3000',
    'http://172.17.0.1:3000',
    'http://169.254.3.4:3000',
    'http://localhost:3000',
  ]);
});

test('a network without IPv4 has addresses too, if the lab listens there, and only those that browsers take', () => {
  const wlan0 = [ipv6('fe80::1'), ipv6('2001:db8::7')];
  expect(addresses({ ...everywhere, host: '::' }, 3000, { wlan0 })).toEqual([
    'http://[2001:db8::7]:3000',
    'http://localhost:3000',
  ]);
  expect(addresses(everywhere, 3000, { wlan0 })).toEqual(['http://localhost:3000']);
  expect(addresses({ ...everywhere, host: '::' }, 3000, laptop)).toEqual(addresses(everywhere, 3000, laptop));
});

test('without a network only this machine can reach the lab', () => {
  expect(addresses(everywhere, 80, { lo: ipv4('127.0.0.1', true) })).toEqual(['http://localhost']);
});

test('a host that was asked for is the only address, IPv6 in brackets', () => {
  expect(addresses({ ...everywhere, host: '192.168.1.23' }, 3000, laptop)).toEqual([
    'http://192.168.1.23:3000',
  ]);
  expect(addresses({ ...everywhere, host: '::1' }, 3000, laptop)).toEqual(['http://[::1]:3000']);
});

test('the public address stands for all others', () => {
  expect(addresses({ ...everywhere, publicUrl: 'https://lab.example.org' }, 3000, laptop)).toEqual([
    'https://lab.example.org',
  ]);
});

test('the base path is part of every address', () => {
  expect(addresses({ ...everywhere, basePath: '/lab' }, 3000, laptop)).toContain(
    'http://192.168.1.23:3000/lab',
  );
});

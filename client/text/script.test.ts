import { expect, test } from 'vitest';
import { flagsText } from './script.ts';

test('flags in tcpdump’s letters are told by their names, in the order of the letters', () => {
  expect(['S', 'S.', 'P.', 'F.', 'R', 'SFRP.UEW', '?'].map(flagsText)).toEqual([
    'SYN',
    'SYN,ACK',
    'PSH,ACK',
    'FIN,ACK',
    'RST',
    'SYN,FIN,RST,PSH,ACK,URG,ECE,CWR',
    '?',
  ]);
});

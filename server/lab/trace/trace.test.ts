import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run, stepOf } from '../steps.testing.ts';

/**
 * A step, `=`, what must be told of it: the state, then numbers as `una/nxt/rcv`, and of what it sends
 * `due`, `legal`, `wrong`; not `wrong` where nothing stands.
 */
async function follows(script: string): Promise<void> {
  const rows = script
    .trim()
    .split('\n')
    .map((row) => row.split('=').map((part) => part.trim()));
  const { told, status } = await run(rows.map(([step = '']) => stepOf(step)));
  expect(status).toBe(0);
  expect(told).toHaveLength(rows.length);
  rows.forEach(([step = '', wanted = ''], i) => {
    const [state, ...rest] = wanted.split(' ');
    const line = told[i] ?? {};
    expect(line.state, step).toBe(state);
    const sends = step.startsWith('>');
    expect(line.verdict !== undefined, step).toBe(sends);
    const verdict = rest.find((word) => ['due', 'legal', 'wrong'].includes(word));
    if (sends && verdict !== undefined)
      expect(line.verdict, `${step}: ${JSON.stringify(line)}`).toBe(verdict);
    else if (sends) expect(line.verdict, `${step}: ${JSON.stringify(line)}`).not.toBe('wrong');
    const numbers = rest.find((word) => word.includes('/'));
    if (numbers) expect(`${line.snd_una}/${line.snd_nxt}/${line.rcv_nxt}`, step).toBe(numbers);
  });
}

describe('lab trace', () => {
  test('a client whose SYN,ACK was lost, and who closes first', () =>
    follows(`
      connect = SYN-SENT null/null/null
      > S 0 = SYN-SENT 0/1/null
      timer rto = SYN-SENT
      > S 0 = SYN-SENT
      < S. 0 ack 1 = ESTABLISHED 1/1/1
      > . 1 ack 1 = ESTABLISHED
      < S. 0 ack 1 = ESTABLISHED
      > . 1 ack 1 = ESTABLISHED
      write 11 = ESTABLISHED
      > P. 1:12(11) ack 1 = ESTABLISHED 1/12/1
      < . 1 ack 12 = ESTABLISHED 12/12/1
      < P. 1:15(14) ack 12 = ESTABLISHED 12/12/15
      > . 12 ack 15 = ESTABLISHED
      close = FIN-WAIT-1 12/12/15
      > F. 12 ack 15 = FIN-WAIT-1 12/13/15
      < . 15 ack 13 = FIN-WAIT-2 13/13/15
      < F. 15 ack 13 = TIME-WAIT 13/13/16
      > . 13 ack 16 = TIME-WAIT
      timer 2msl = CLOSED`));

  test('an ABORT before our SYN,ACK names the number that the SYN,ACK would have had', () =>
    follows(`
      listen = LISTEN
      < S 100 = SYN-RECEIVED
      abort = CLOSED
      > R. 5001 ack 101 = CLOSED due`));

  test('a window is for what comes behind a SYN that is not acknowledged yet', () =>
    follows(`
      listen = LISTEN
      < S 100:101(1) win 2920 = SYN-RECEIVED
      > S. 5000 ack 102 = SYN-RECEIVED
      > . 5001:6461(1460) ack 102 = SYN-RECEIVED legal
      > P. 6461:7921(1460) ack 102 = SYN-RECEIVED legal
      > P. 7921:7922(1) ack 102 = SYN-RECEIVED wrong`));

  test('several arrivals in a row are each answered as they came', async () => {
    const open = `
      connect = SYN-SENT
      > S 0 = SYN-SENT
      < S. 0 ack 1 = ESTABLISHED
      > . 1 ack 1 = ESTABLISHED`;
    // The application is gone: each of the two is refused.
    await follows(`${open}
      > F. 1 ack 1 = FIN-WAIT-1
      < P. 1:5(4) ack 2 = FIN-WAIT-2
      < P. 5:9(4) ack 2 = FIN-WAIT-2
      > R 2 = CLOSED due
      > R 2 = CLOSED legal
      > R 2 = CLOSED wrong`);
    // The RST came behind what is acknowledged.
    await follows(`${open}
      < P. 1:5(4) ack 1 = ESTABLISHED
      < P. 5:9(4) ack 1 = ESTABLISHED
      < R. 9 ack 1 = CLOSED
      > . 1 ack 5 = CLOSED legal
      > . 1 ack 9 = CLOSED legal
      > . 1 ack 9 = CLOSED wrong`);
    // Behind a gap each calls for the same ACK.
    await follows(`${open}
      < P. 5:9(4) ack 1 = ESTABLISHED
      < P. 9:13(4) ack 1 = ESTABLISHED
      < P. 1:5(4) ack 1 = ESTABLISHED 1/1/13
      > . 1 ack 1 = ESTABLISHED legal
      > . 1 ack 1 = ESTABLISHED legal
      > . 1 ack 13 = ESTABLISHED due
      > . 1 ack 5 = ESTABLISHED wrong`);
    // Data crossed what came last, and what follows goes on behind it.
    await follows(`${open}
      < . 1 ack 1 = ESTABLISHED
      < P. 1:5(4) ack 1 = ESTABLISHED
      > P. 1:11(10) ack 1 = ESTABLISHED 1/11/5 legal
      > . 11 ack 5 = ESTABLISHED due`);
  });

  test('one arrival alone is known to whoever answers it', () =>
    follows(`
      < S 0 = SYN-RECEIVED
      > S. 0 ack 1 = SYN-RECEIVED
      < . 1 ack 1 = ESTABLISHED
      < P. 1:12(11) ack 1 = ESTABLISHED
      > . 1 ack 1 = ESTABLISHED wrong
      > . 1 ack 12 = ESTABLISHED due
      < P. 12:15(3) ack 1 = ESTABLISHED
      > P. 1:4(3) ack 12 = ESTABLISHED wrong`));

  test('a server, with no application call told at all', () =>
    follows(`
      < S 0 = SYN-RECEIVED null/null/1
      > S. 0 ack 1 = SYN-RECEIVED 0/1/1
      < . 1 ack 1 = ESTABLISHED 1/1/1
      < P. 1:12(11) ack 1 = ESTABLISHED 1/1/12
      > . 1 ack 12 = ESTABLISHED
      > P. 1:15(14) ack 12 = ESTABLISHED 1/15/12
      < . 12 ack 15 = ESTABLISHED 15/15/12
      > F. 15 ack 12 = FIN-WAIT-1 15/16/12
      < F. 12 ack 16 = TIME-WAIT 16/16/13
      > . 16 ack 13 = TIME-WAIT`));

  test('nobody listens after all', () =>
    follows(`
      < S 0 = SYN-RECEIVED
      > R. 0 ack 1 = CLOSED`));

  test('a listener told, three segments to close', () =>
    follows(`
      listen = LISTEN
      < S 4294967295 = SYN-RECEIVED null/null/0
      > S. 4294967295 ack 0 = SYN-RECEIVED 4294967295/0/0
      < . 0 ack 0 = ESTABLISHED 0/0/0
      < F. 0 ack 0 = CLOSE-WAIT 0/0/1
      close = LAST-ACK
      > F. 0 ack 1 = LAST-ACK 0/1/1
      < . 1 ack 1 = CLOSED
      listen = LISTEN null/null/null`));

  test('slips are wrong, and what was said of the application counts', () =>
    follows(`
      connect = SYN-SENT
      > S 100 = SYN-SENT
      > S 101 = SYN-SENT wrong
      < S. 300 ack 101 = ESTABLISHED
      > . 100 ack 301 = ESTABLISHED wrong
      > . 101 ack 300 = ESTABLISHED wrong
      > . 101 ack 301 = ESTABLISHED
      write 4 = ESTABLISHED
      > P. 101:106(5) ack 301 = ESTABLISHED wrong
      > P 101:105(4) = ESTABLISHED wrong
      > S 100 = ESTABLISHED wrong`));

  test('a start in the middle', () =>
    follows(`
      {"start":{"state":"ESTABLISHED","tcb":{"snd_una":500,"snd_nxt":510,"rcv_nxt":900,"snd_wnd":1000}}} = ESTABLISHED 500/510/900
      timer rto = ESTABLISHED
      > P. 500:510(10) ack 900 = ESTABLISHED
      > P. 499:510(11) ack 900 = ESTABLISHED wrong
      < F. 900 ack 510 = CLOSE-WAIT 510/510/901
      > F. 510 ack 901 = LAST-ACK 510/511/901
      < . 901 ack 511 = CLOSED`));

  test('starts at every stage of opening and closing', async () => {
    await follows(`
      {"start":{"state":"SYN_SENT","iss":100}} = SYN-SENT 100/101/null
      < S. 300 ack 101 = ESTABLISHED 101/101/301`);
    await follows(`
      {"start":{"state":"SYN-RECEIVED","opened":"passive","tcb":{"iss":100,"irs":300,"snd_una":100,"snd_nxt":101,"rcv_nxt":301}}} = SYN-RECEIVED 100/101/301
      < R 301 = LISTEN null/null/null
      < S 700 = SYN-RECEIVED
      > S. 5000 ack 701 = SYN-RECEIVED 5000/5001/701`);
    await follows(`
      {"start":{"state":"TIME-WAIT","tcb":{"iss":100,"irs":300,"snd_una":110,"snd_nxt":110,"rcv_nxt":310}}} = TIME-WAIT
      < F. 309 ack 110 = TIME-WAIT
      > . 110 ack 310 = TIME-WAIT
      < S 9000 = TIME-WAIT
      > S. 8000 ack 9001 = SYN-RECEIVED 8000/8001/9001`);
  });

  test('where a start tells only the numbers in use, the initial ones are found from them', async () => {
    await follows(`
      {"start":{"state":"SYN-RECEIVED","tcb":{"snd_una":100,"snd_nxt":101,"rcv_nxt":301}}} = SYN-RECEIVED 100/101/301
      timer rto = SYN-RECEIVED
      > S. 100 ack 301 = SYN-RECEIVED due
      < . 301 ack 101 = ESTABLISHED 101/101/301`);
    await follows(`
      {"start":{"state":"SYN-RECEIVED","opened":"passive","tcb":{"snd_una":100,"snd_nxt":100,"rcv_nxt":301},"received":[{"flags":["SYN"],"seq":300}]}} = SYN-RECEIVED 100/100/301
      > S. 100 ack 301 = SYN-RECEIVED 100/101/301 due`);
    await follows(`
      {"start":{"state":"SYN-RECEIVED","snd_nxt":101,"rcv_nxt":301}} = SYN-RECEIVED 100/101/301
      < . 301 ack 101 = ESTABLISHED 101/101/301`);
    await follows(`
      {"start":{"state":"SYN-SENT","snd_nxt":101}} = SYN-SENT 100/101/null
      > S 100 = SYN-SENT legal`);
    await follows(`
      {"start":{"state":"ESTABLISHED","iss":100,"irs":300}} = ESTABLISHED 101/101/301`);
    await follows(`
      {"start":{"state":"FIN-WAIT-1","snd_una":101,"snd_nxt":102,"rcv_nxt":301,"unacked":[{"seq":101,"len":1}]}} = FIN-WAIT-1 101/102/301
      < . 301 ack 102 = FIN-WAIT-2 102/102/301`);
  });

  test('a start whose numbers are missing or contradict each other is refused', async () => {
    for (const tcb of ['"snd_nxt":5', '"snd_una":10,"snd_nxt":5,"rcv_nxt":2']) {
      const { status, told } = await run([`{"start":{"state":"ESTABLISHED","tcb":{${tcb}}}}`]);
      expect(status).toBe(2);
      expect(told[0]?.error).toMatch(/^start: .*snd_una.*\.$/);
      expect(told[0]).toMatchObject({ state: 'CLOSED', snd_nxt: null });
    }
  });

  test('calls that TCP has no part in, amounts under any name, and calls that are refused', async () => {
    const { told, status } = await run([
      '{"app":"socket"}',
      '{"app":"connect"}',
      stepOf('> S 0'),
      '{"app":"send","data":"你好"}',
      '{"app":"write","len":4}',
      stepOf('< S. 0 ack 1'),
      stepOf('> P. 1:11(10) ack 1'),
      stepOf('> P. 11:12(1) ack 1'),
      '{"app":"shutdown"}',
      '{"app":"write","bytes":1}',
    ]);
    expect(status).toBe(0);
    expect(told.map((t) => t.verdict)).toEqual([
      undefined,
      undefined,
      'due',
      undefined,
      undefined,
      undefined,
      'due',
      'wrong',
      undefined,
      undefined,
    ]);
    expect(told[9]).toMatchObject({ state: 'FIN-WAIT-1', refused: 'call/closing' });
  });

  test('a window that may be scaled is not held against anybody, a shut one is', () =>
    follows(`
      {"start":{"state":"ESTABLISHED","tcb":{"snd_una":1,"snd_nxt":1,"rcv_nxt":1}}} = ESTABLISHED
      < . 1 ack 1 win 5 = ESTABLISHED
      > P. 1:1001(1000) ack 1 = ESTABLISHED 1/1001/1
      < . 1 ack 1001 win 0 = ESTABLISHED
      write 10 = ESTABLISHED
      > P. 1001:1003(2) ack 1 = ESTABLISHED wrong`));

  test('an end that stopped reading takes no more than it has room for', () =>
    follows(`
      {"start":{"state":"ESTABLISHED","tcb":{"snd_una":1,"snd_nxt":1,"rcv_nxt":1,"rcv_wnd":100}}} = ESTABLISHED
      stop-reading = ESTABLISHED
      < P. 1:81(80) ack 1 = ESTABLISHED 1/1/81
      > . 1 ack 81 win 20 = ESTABLISHED due
      < FP. 81:101(20) ack 1 = ESTABLISHED 1/1/101
      > . 1 ack 101 win 0 = ESTABLISHED due
      start-reading = ESTABLISHED
      > . 1 ack 101 win 100 = ESTABLISHED due
      < F. 101 ack 1 = CLOSE-WAIT 1/1/102`));

  test('resets of real stacks', async () => {
    await follows(`
      {"start":{"state":"FIN-WAIT-2","tcb":{"iss":0,"irs":0,"snd_una":2,"snd_nxt":2,"rcv_nxt":1}}} = FIN-WAIT-2
      < P. 1:6(5) ack 2 = FIN-WAIT-2
      > R 2 = CLOSED`);
    await follows(`
      listen = LISTEN
      < . 5 ack 77 = LISTEN
      > R. 77 ack 5 = LISTEN`);
    await follows(`
      connect = SYN-SENT
      > S 0 = SYN-SENT
      < R. 0 ack 1 = CLOSED`);
  });

  test('the user time-out ends a connection as ABORT does', async () => {
    await follows(`
      {"start":{"state":"FIN-WAIT-1","tcb":{"snd_una":1,"snd_nxt":2,"rcv_nxt":1}}} = FIN-WAIT-1
      timer user = CLOSED
      > R. 2 ack 1 = CLOSED`);
    await follows(`
      connect = SYN-SENT
      > S 0 = SYN-SENT
      timer user_timeout = CLOSED
      < S. 0 ack 1 = CLOSED
      > R 1 = CLOSED due`);
  });

  test('several came before the ACK of the first was noted: each may be acknowledged as it came, once', () =>
    follows(`
      connect = SYN-SENT
      > S 0 = SYN-SENT
      < S. 0 ack 1 = ESTABLISHED 1/1/1
      < P. 1:11(10) ack 1 = ESTABLISHED 1/1/11
      < F. 11 ack 1 = CLOSE-WAIT 1/1/12
      > . 1 ack 1 = CLOSE-WAIT legal
      > . 1 ack 5 = CLOSE-WAIT wrong
      > . 1 ack 11 = CLOSE-WAIT legal
      > . 1 ack 1 = CLOSE-WAIT wrong
      > . 2 ack 12 = CLOSE-WAIT wrong
      > . 1 ack 12 = CLOSE-WAIT due
      > . 1 ack 11 = CLOSE-WAIT wrong
      < . 12 ack 1 = CLOSE-WAIT
      < . 11 ack 1 = CLOSE-WAIT
      > . 1 ack 11 = CLOSE-WAIT wrong`));

  test('a step that cannot be used is told why, changes nothing, and the rest goes on', async () => {
    const { told, status } = await run([
      '{"start":{"state":"ESTABLISHED"}}',
      'nonsense',
      '{}',
      '{"app":"fly"}',
      '{"timer":"egg"}',
      '{"dir":"out","flags":["SYN"]}',
      '{"dir":"in","flags":["ACK"],"seq":1}',
      '{"dir":"in","flags":["SYN"],"seq":4294967296}',
      '{"app":"write","len":-1}',
      '{"start":{"state":"LISTEN"}}',
      '',
      '{"app":"connect"}',
    ]);
    expect(status).toBe(2);
    expect(told).toHaveLength(11);
    for (const line of told.slice(0, 10)) {
      expect(line.error).toMatch(/\.$/);
      expect(line).toMatchObject({ state: 'CLOSED', snd_una: null, snd_nxt: null, rcv_nxt: null });
    }
    expect(told[10]?.state).toBe('SYN-SENT');
  });

  test('a number out of range in what it sends is wrong, and goes nowhere', async () => {
    const { told, status } = await run([
      '{"app":"connect"}',
      '{"dir":"out","flags":["SYN"],"seq":4294967303,"ack":null,"len":0}',
      stepOf('> S 7'),
    ]);
    expect(status).toBe(0);
    expect(told[1]).toMatchObject({ state: 'SYN-SENT', verdict: 'wrong', snd_nxt: null });
    expect(told[2]).toMatchObject({ state: 'SYN-SENT', verdict: 'due', snd_nxt: 8 });
  });
});

describe('lab trace follows what the test-suites of other stacks put them through', () => {
  const file = new URL('../testdata/stacks.txt', import.meta.url);
  const stories = readFileSync(file, 'utf8').trim().split(/\n\n+/);

  test.each(stories.map((story) => [story.split('\n')[0]?.slice(2) ?? '', story]))('%s', (_, story) =>
    follows(story.split('\n').slice(1).join('\n')),
  );
});

/*
 * How the stories of many tests begin, as `script.testing.ts` tells them: with 100 and 300 as initial
 * numbers, no more than has to happen, and everything answered that was.
 */

export const SENT = 'connect\n> S 100';
export const OPEN = `${SENT}\n< S. 300 ack 101\n> . 101 ack 301`;
export const HEARD = 'listen\n< S 300';
export const ANSWERED = `${HEARD}\n> S. 100 ack 301`;
/** Ten octets are out. */
export const FLIGHT = `${OPEN}\nwrite 10\n> P. 101:111(10) ack 301`;
export const FIN_OUT = `${OPEN}\nclose\n> F. 101 ack 301`;
/** Closed in this direction alone. */
export const HALF = `${FIN_OUT}\n< . 301 ack 102`;

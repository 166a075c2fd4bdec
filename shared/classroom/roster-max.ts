/**
 * The most names that a roster may have, and the most people a classroom: the largest course that still is
 * one class.
 */
export const ROSTER_MAX = 1000;

import { MediaQuery } from 'svelte/reactivity';

/** Whether somebody wants little to move. */
export const reducedMotion = new MediaQuery('(prefers-reduced-motion: reduce)', false);

/** Scrolls as far as it takes to see all of an element, gently where motion is welcome. */
export function scrollIntoView(element: Element): void {
  element.scrollIntoView({ block: 'nearest', behavior: reducedMotion.current ? 'auto' : 'smooth' });
}

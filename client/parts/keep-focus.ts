/**
 * What has the focus may go (a segment that has arrived, a person taken off a list), or be disabled for a
 * moment; browsers then give the focus to nobody, and the keyboard begins again at the top of the page.
 * Within `root` it goes back to what is enabled again, or else to the nearest thing around it that is still
 * there.
 */
export function keepFocus(root: HTMLElement): void {
  /**
   * What had the focus last, then what is around it, innermost first; nothing once somebody has pressed
   * elsewhere.
   */
  let chain: readonly HTMLElement[] = [];

  root.addEventListener('focusin', ({ target }) => {
    chain = target instanceof HTMLElement ? [...upTo(root, target)] : [];
  });
  root.addEventListener('pointerdown', () => {
    chain = [];
  });

  const observer = new MutationObserver(() => {
    if (document.activeElement !== document.body) return;
    const there = chain.find((element) => element.isConnected);
    if (!there || there.matches(':disabled')) return;
    // What has no place in the order of the page can be given the focus all the same.
    if (there !== chain[0] && !there.hasAttribute('tabindex')) there.tabIndex = -1;
    there.focus({ preventScroll: true });
  });
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ['disabled'] });
}

function* upTo(root: HTMLElement, element: HTMLElement): Generator<HTMLElement> {
  for (let at: HTMLElement | null = element; at !== null && at !== root; at = at.parentElement) yield at;
}
